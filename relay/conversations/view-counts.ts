import type { ViewCounts } from '../protocol/entities.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { countViews } from './store.ts';

/** Counts of another relay's changes may be so old. */
const KEPT_MS = 2_000;

/** How many conversations each view of a site holds: counted when something moved between views, else remembered. */
export interface ViewCounter {
  of(siteId: string): Promise<ViewCounts>;
  /** A conversation came to be, or its status or operator changed: count again. */
  moved(siteId: string): void;
}

export function createViewCounter({ store, clock }: { store: Persistence; clock: Clock }): ViewCounter {
  const kept = new Map<string, { counts: Promise<ViewCounts>; at: number }>();
  return {
    of(siteId) {
      const known = kept.get(siteId);
      if (known && (store.exclusive || clock.now() - known.at < KEPT_MS)) return known.counts;
      const counts = countViews(store.read, store.t, siteId);
      kept.set(siteId, { counts, at: clock.now() });
      counts.catch(() => kept.delete(siteId));
      return counts;
    },
    moved: (siteId) => kept.delete(siteId),
  };
}
