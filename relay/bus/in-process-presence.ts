import type { Presence, PresenceChange } from './presence.ts';

/** The presence of a single relay. Changes go out every `gatherMs`; `gatherMs` 0 tells of each at once. */
export function inProcessPresence<T>(gatherMs: number): Presence<T> & { stop(): void } {
  const spaces = new Map<string, Map<string, T>>();
  const waiting = new Map<string, { set: Map<string, T>; gone: Set<string> }>();
  const watchers = new Set<(space: string, change: PresenceChange<T>) => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    timer = undefined;
    const now = [...waiting];
    waiting.clear();
    for (const [space, { set, gone }] of now) for (const watcher of watchers) watcher(space, { set, gone: [...gone] });
  };
  const changed = (space: string, key: string, value: T | undefined) => {
    let change = waiting.get(space);
    if (!change) {
      change = { set: new Map(), gone: new Set() };
      waiting.set(space, change);
    }
    if (value === undefined) {
      change.set.delete(key);
      change.gone.add(key);
    } else {
      change.gone.delete(key);
      change.set.set(key, value);
    }
    if (gatherMs === 0) flush();
    else timer ??= setTimeout(flush, gatherMs).unref();
  };

  return {
    set(space, key, value) {
      let map = spaces.get(space);
      if (!map) {
        map = new Map();
        spaces.set(space, map);
      }
      map.set(key, value);
      changed(space, key, value);
    },
    remove(space, key) {
      const map = spaces.get(space);
      if (!map?.delete(key)) return;
      if (map.size === 0) spaces.delete(space);
      changed(space, key, undefined);
    },
    get: (space, key) => spaces.get(space)?.get(key),
    list: (space) => spaces.get(space) ?? new Map(),
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    stop() {
      clearTimeout(timer);
      watchers.clear();
    },
  };
}
