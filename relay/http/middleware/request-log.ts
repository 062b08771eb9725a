import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createMiddleware } from 'hono/factory';
import type { Logger } from 'pino';
import type { AppEnv } from '../env.ts';

/** Gives each request its id and its client's address, and logs its end: no query, body, token or address. */
export function requestLog(
  logger: Logger,
  addressOf: (request: IncomingMessage) => string,
  isSecure: (request: IncomingMessage) => boolean,
) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const requestId = randomUUID();
    const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;
    c.set('requestId', requestId);
    c.set('ip', incoming ? addressOf(incoming) : '');
    c.set('secure', incoming ? isSecure(incoming) : false);
    const begun = performance.now();
    await next();
    c.header('x-request-id', requestId);
    const ms = Math.round(performance.now() - begun);
    logger.debug({ requestId, method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request');
  });
}
