import { createMiddleware } from 'hono/factory';
import { FrontdeskError } from '../../protocol/errors.ts';

/** The relay that comes next takes about so long to be there. */
const RETURN_AFTER_MS = 2_000;

/**
 * Refuses what would change something while the relay goes down. Event streams are let through: they are told by a
 * goodbye, which says when to come back.
 */
export const goingDown = (isGoingDown: () => boolean) =>
  createMiddleware(async (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS';
    if (isGoingDown() && !reads && c.req.path !== '/api/visitor/events')
      throw new FrontdeskError('going-down', undefined, { retryAfterMs: RETURN_AFTER_MS });
    await next();
  });
