import { RateLimiterMemory } from 'rate-limiter-flexible';
import { network } from '../bus/network.ts';
import { FrontdeskError } from '../protocol/errors.ts';

/** Failed sign-ins that are let through before a pause. */
export interface ThrottleLimits {
  perAccount: number;
  perAddress: number;
  /** Length of the window, in seconds. */
  seconds: number;
}

const LIMITS: ThrottleLimits = { perAccount: 10, perAddress: 40, seconds: 15 * 60 };

/** Slows down the guessing of passwords and codes: by account and by address, each a bucket of its own. */
export interface SignInThrottle {
  /** Before the password or the code is looked at; throws `slow-down` with the time to wait. */
  take(email: string, ip: string): Promise<void>;
  /** What was asked for was right: these tries do not count. */
  forgive(email: string, ip: string, tries?: number): Promise<void>;
}

export function createSignInThrottle(limits: ThrottleLimits = LIMITS): SignInThrottle {
  const duration = limits.seconds;
  const accounts = new RateLimiterMemory({ keyPrefix: 'account', points: limits.perAccount, duration });
  const addresses = new RateLimiterMemory({ keyPrefix: 'address', points: limits.perAddress, duration });
  return {
    async take(email, ip) {
      for (const [limiter, key] of [[addresses, network(ip)] as const, [accounts, email] as const]) {
        try {
          await limiter.consume(key);
        } catch (refused) {
          if (refused instanceof Error) throw refused;
          const { msBeforeNext } = refused as { msBeforeNext: number };
          throw new FrontdeskError('slow-down', undefined, { retryAfterMs: msBeforeNext });
        }
      }
    },
    async forgive(email, ip, tries = 1) {
      await accounts.delete(email);
      await addresses.reward(network(ip), tries);
    },
  };
}
