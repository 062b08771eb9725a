import { createHash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { FrontdeskError } from '../../protocol/errors.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets through who shows one of these tokens in the Authorization header. The time it takes tells nothing of them. */
export function bearerOnly(tokens: readonly string[]) {
  const good = tokens.map(digest);
  return createMiddleware(async (c, next) => {
    const shown = digest(/^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '');
    if (!good.some((one) => timingSafeEqual(one, shown))) {
      c.header('www-authenticate', 'Bearer');
      throw new FrontdeskError('unauthorised', 'Show the token that «frontdesk metrics-token» prints.');
    }
    await next();
  });
}
