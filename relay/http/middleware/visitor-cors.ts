import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../env.ts';

/**
 * Lets any page call the visitors' routes without credentials; which pages may is decided per site by the route, whose
 * refusal the page has to be able to read.
 */
export const visitorCors = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header('origin');
  if (c.req.method === 'OPTIONS') {
    c.header('access-control-allow-origin', origin ?? '*');
    c.header('access-control-allow-methods', 'GET, POST');
    c.header('access-control-allow-headers', 'authorization, content-type');
    c.header('access-control-max-age', '86400');
    c.header('vary', 'origin');
    return c.body(null, 204);
  }
  await next();
  if (!origin) return undefined;
  c.header('access-control-allow-origin', origin);
  c.header('access-control-expose-headers', 'retry-after');
  c.header('vary', 'origin');
  return undefined;
});
