/** A list of listeners per event; `on` gives back its unsubscribe. */
export interface Emitter<Events> {
  on<K extends keyof Events>(event: K, listener: (data: Events[K]) => void): () => void;
  emit<K extends keyof Events>(event: K, data: Events[K]): void;
}

/** Makes an emitter. A listener added or removed while an event goes out takes part from the next event on. */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(data: never) => void>>();
  return {
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    emit(event, data) {
      for (const listener of [...(listeners.get(event) ?? [])]) listener(data as never);
    },
  };
}
