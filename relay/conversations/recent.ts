import type { Batch } from '../store/index.ts';

/**
 * What the last writes left, in memory beside the store: a copy that saves a query, never the truth. Only for stores
 * that no other relay writes to. What a batch sets counts once its transaction is committed.
 */
export interface Recent<V> {
  get(key: string): V | undefined;
  /** Remembered after the commit; forgotten for good if there is none. */
  set(batch: Batch, key: string, value: V): void;
}

/** `most`: how many are kept, the latest. With `on` false nothing ever is. */
export function createRecent<V>(on: boolean, most: number): Recent<V> {
  const kept = new Map<string, V>();
  return {
    get: (key) => kept.get(key),
    set(batch, key, value) {
      if (!on) return;
      // Until the commit is known to stand, the store has to be asked.
      kept.delete(key);
      batch.afterCommit(() => {
        kept.delete(key);
        kept.set(key, value);
        const oldest = kept.size > most ? kept.keys().next().value : undefined;
        if (oldest !== undefined) kept.delete(oldest);
      });
    },
  };
}
