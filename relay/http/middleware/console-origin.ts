import { createMiddleware } from 'hono/factory';
import { FrontdeskError } from '../../protocol/errors.ts';
import type { AppEnv } from '../env.ts';

/**
 * Refuses what another site makes an operator's browser send: everything that changes something has to come from the
 * relay's own pages (or from a program, which sends neither header).
 */
export function consoleOrigin(isOwn: (origin: string) => boolean) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { method } = c.req;
    if (method !== 'GET' && method !== 'HEAD') {
      const fetchSite = c.req.header('sec-fetch-site');
      const origin = c.req.header('origin');
      if (fetchSite !== undefined && fetchSite !== 'same-origin') throw new FrontdeskError('forbidden-origin');
      if (origin !== undefined && !isOwn(origin)) throw new FrontdeskError('forbidden-origin');
    }
    await next();
    c.header('cache-control', 'no-store');
  });
}
