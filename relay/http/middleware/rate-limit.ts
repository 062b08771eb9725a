import { createMiddleware } from 'hono/factory';
import type { Limited, Limits } from '../../bus/limits.ts';
import type { AppEnv } from '../env.ts';

/** Counts requests by their client's address, and where a `site` stands in the query by that as well; over it: 429. */
export const rateLimit = (limits: Limits, what: Limited) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await limits.take(what, { address: c.get('ip'), site: c.req.query('site')?.slice(0, 64) });
    await next();
  });

/** Counts what a signed-in operator asks; behind `requireOperator`. */
export const rateLimitOperator = (limits: Limits) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await limits.take('operator', { operator: c.get('signedIn').operator.id });
    await next();
  });
