/** A value that can be watched: the widget's whole reactivity (docs/decisions/0010-cells-instead-of-signals.md). */
export interface Cell<T> {
  value: T;
  /** Calls `fn` after each change; gives back the way to stop. */
  on(fn: (value: T) => void): () => void;
}

/** Makes a cell. Setting an equal value is no change. */
export function cell<T>(value: T): Cell<T> {
  const watchers = new Set<(value: T) => void>();
  return {
    get value() {
      return value;
    },
    set value(next) {
      if (next === value) return;
      value = next;
      for (const fn of [...watchers]) fn(next);
    },
    on(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}
