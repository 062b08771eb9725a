import type { Bus, BusListener } from './bus.ts';

/** The bus of a single relay: listeners are called at once, in the order of their subscription. */
export function inProcessBus(): Bus {
  const listeners = new Map<string, Set<BusListener>>();
  return {
    publish(topic, payload) {
      for (const listener of listeners.get(topic) ?? []) listener(payload);
    },
    subscribe(topic, listener) {
      let set = listeners.get(topic);
      if (!set) {
        set = new Set();
        listeners.set(topic, set);
      }
      set.add(listener);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic);
      };
    },
  };
}
