import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { FrontdeskError } from '../protocol/errors.ts';
import { type Limited, type LimitScope, type Limits, RATES, type Rates } from './limits.ts';
import { network } from './network.ts';

/** The limits of a single relay, in memory; a bucket goes away with its window. */
export function inProcessLimits(rates: Rates = RATES): Limits {
  const limiters = new Map<Limited, [LimitScope, RateLimiterMemory][]>();
  for (const [what, scopes] of Object.entries(rates) as [Limited, Rates[Limited]][])
    limiters.set(
      what,
      Object.entries(scopes).map(([scope, { points, seconds }]) => [
        scope as LimitScope,
        new RateLimiterMemory({ points, duration: seconds }),
      ]),
    );
  return {
    async take(what, by, cost = 1) {
      for (const [scope, limiter] of limiters.get(what) ?? []) {
        const given = by[scope];
        if (given === undefined) continue;
        try {
          await limiter.consume(scope === 'address' ? network(given) : given, cost);
        } catch (refused) {
          if (refused instanceof Error) throw refused;
          throw new FrontdeskError('slow-down', undefined, {
            retryAfterMs: Math.max(1, (refused as RateLimiterRes).msBeforeNext),
          });
        }
      }
    },
  };
}
