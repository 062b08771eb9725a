import type { Logger } from 'pino';
import type { Bus } from '../bus/bus.ts';
import type { RefusedOrigins } from '../sites/origins.ts';
import type { Meter } from './meter.ts';
import { sparingly } from './sparingly.ts';

/** A commit that takes longer is worth a line: everybody who writes waits for it. */
const SLOW_COMMIT_MS = 1_000;

/** The same bus, with what is published counted. */
export const countedBus = (bus: Bus, meter: Meter): Bus => ({
  ...bus,
  publish(topic, payload) {
    meter.published();
    bus.publish(topic, payload);
  },
});

/** The same knowledge base, with its searches counted by whether they found anything. */
export const countedSearches = <A extends unknown[], K extends { search(...asked: A): Promise<readonly unknown[]> }>(
  knowledge: K,
  meter: Meter,
): K => ({
  ...knowledge,
  async search(...asked: A) {
    const hits = await knowledge.search(...asked);
    meter.searched(hits.length);
    return hits;
  },
});

/** The same list of refused origins, with a line in the log for what is refused. */
export function loggedRefusals(refused: RefusedOrigins, logger: Logger): RefusedOrigins {
  let latest: { site: string; origin: string } | undefined;
  const warn = sparingly((more) =>
    logger.warn({ ...latest, ...more }, 'a page of an origin that the site does not allow'),
  );
  return {
    ...refused,
    add(site, origin) {
      latest = { site, origin: origin.slice(0, 300) };
      warn();
      refused.add(site, origin);
    },
  };
}

/** Counts commits, and warns of slow ones. */
export function watchedCommits(meter: Meter, logger: Logger): (writes: number, ms: number) => void {
  let latest: { writes: number; ms: number } | undefined;
  const warn = sparingly((more) => logger.warn({ ...latest, ...more }, 'a commit was slow'));
  return (writes, ms) => {
    meter.committed(writes, ms);
    if (ms < SLOW_COMMIT_MS) return;
    latest = { writes, ms: Math.round(ms) };
    warn();
  };
}
