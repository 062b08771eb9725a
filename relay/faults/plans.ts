import type { Plan } from './laboratory.ts';
import { LINE_FAULTS } from './proxy.ts';

/** The long run: what `docs/guarantees.md` reports. */
export const LONG: Omit<Plan, 'seed'> = {
  ...{
    messages: 100_000,
    visitors: 50,
    operators: 5,
    kills: 200,
    killed: 'mixed',
    lineFaults: 850,
    kinds: LINE_FAULTS,
  },
  settleMs: 60_000,
};

/** The short run of `npm test`: 5,000 messages, 60 faults. */
export const SHORT: Omit<Plan, 'seed'> = {
  ...{ messages: 5_000, visitors: 20, operators: 3, kills: 10, killed: 'mixed', lineFaults: 50, kinds: LINE_FAULTS },
  settleMs: 45_000,
};

/** Half-open lines take 20 s to be found out; where time counts they are left out. */
const SOON_KNOWN = LINE_FAULTS.filter((fault) => fault !== 'half-open');

/** The same in `npm test` over Postgres, smaller. */
export const SHORT_POSTGRES: Omit<Plan, 'seed'> = {
  ...{ messages: 1_500, visitors: 10, operators: 2, kills: 5, killed: 'points', lineFaults: 20, kinds: SOON_KNOWN },
  settleMs: 45_000,
};

/**
 * What broken relays, and the sound one beside them, are tried with: without half-open lines a relay under which clients
 * never come to rest is known after two heartbeats.
 */
export const TRIAL: Omit<Plan, 'seed'> = {
  ...{ messages: 500, visitors: 8, operators: 2, kills: 5, killed: 'points', lineFaults: 90, kinds: SOON_KNOWN },
  settleMs: 20_000,
};
