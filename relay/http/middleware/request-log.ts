import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';
import type { Meter } from '../../metrics/meter.ts';
import type { AppEnv } from '../env.ts';

export interface RequestLogDeps {
  logger: Logger;
  meter: Meter;
  addressOf(request: IncomingMessage): string;
  isSecure(request: IncomingMessage): boolean;
  isPassedOn(request: IncomingMessage): boolean;
}

/** The id that a proxy gave to a request, where a trusted one did and it is one; the log of both then has the same. */
const givenId = (request: IncomingMessage): string | undefined => {
  const id = request.headers['x-request-id'];
  return typeof id === 'string' && /^[\w-]{8,64}$/.test(id) ? id : undefined;
};

/**
 * Gives each request its id and its client's address, counts it, and logs its end: no query, body, token or address.
 */
export function requestLog({ logger, meter, addressOf, isSecure, isPassedOn }: RequestLogDeps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;
    const requestId = (incoming && isPassedOn(incoming) && givenId(incoming)) || randomUUID();
    c.set('requestId', requestId);
    c.set('ip', incoming ? addressOf(incoming) : '');
    c.set('secure', incoming ? isSecure(incoming) : false);
    const begun = performance.now();
    await next();
    c.header('x-request-id', requestId);
    const ms = performance.now() - begun;
    const { method, path } = c.req;
    const { status } = c.res;
    meter.request(method, routePath(c, -1), status, ms);
    logger.debug({ requestId, method, path, status, ms: Math.round(ms) }, 'request');
  });
}
