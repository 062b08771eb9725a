/** What the console keeps on this device, under keys of its own so that it can share an origin with the widget. */
export interface DeviceStorage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** The device's storage below a prefix; where it is blocked, memory takes its place until the page is left. */
export function deviceStorage(prefix: string): DeviceStorage {
  const memory = new Map<string, string>();
  const attempt = <T>(fn: () => T, otherwise: T): T => {
    try {
      return fn();
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt(() => localStorage.getItem(prefix + key), null) ?? memory.get(key) ?? null,
    set(key, value) {
      memory.set(key, value);
      attempt(() => localStorage.setItem(prefix + key, value), undefined);
    },
    remove(key) {
      memory.delete(key);
      attempt(() => localStorage.removeItem(prefix + key), undefined);
    },
  };
}
