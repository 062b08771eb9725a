/** What the widget keeps on the device, apart for each relay, site and role. */
export interface Kept {
  get<T>(name: string): T | null;
  set(name: string, value: unknown): void;
}

/** The only owner of localStorage in the widget. Where storage is blocked, nothing is kept. */
export function createStorage(relay: string, site: string): Kept {
  const prefix = `frontdesk:${relay}:${site}:visitor:`;
  return {
    get(name) {
      try {
        return JSON.parse(localStorage.getItem(prefix + name) ?? 'null');
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(prefix + name, JSON.stringify(value));
      } catch {
        // Full or blocked: the page goes on without.
      }
    },
  };
}
