/** What the widget keeps on the device, apart for each relay, site and role. */
export interface Kept {
  get<T>(name: string): T | null;
  /** Null removes it. Where storage is blocked, things are kept in memory until the page goes. */
  set(name: string, value: unknown): void;
}

/** The only owner of localStorage in the widget. */
export function createStorage(relay: string, site: string): Kept {
  const key = (name: string) => `frontdesk:${relay}:${site}:visitor:${name}`;
  const blocked: Record<string, string> = {};
  return {
    get(name) {
      try {
        return JSON.parse(blocked[name] ?? localStorage.getItem(key(name)) ?? 'null');
      } catch {
        return null;
      }
    },
    set(name, value) {
      const text = JSON.stringify(value);
      try {
        localStorage.setItem(key(name), text);
      } catch {
        blocked[name] = text;
      }
    },
  };
}
