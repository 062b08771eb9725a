import type { Options } from './options.ts';

/** What the widget keeps on the device, apart for each relay, site and role. */
export interface Kept {
  get<T>(name: string): T | null | undefined;
  set(name: string, value: unknown): void;
}

/**
 * The only owner of localStorage in the widget. Where storage is full or blocked the page goes on without; nothing is
 * kept while `options` say that consent is not given (`granted` stands there as none).
 */
export function createStorage(options: Partial<Options>): Kept {
  const use = (name: string, how: 'getItem' | 'setItem', value?: unknown) => {
    try {
      if (how === 'getItem' || !options.consent)
        return JSON.parse(
          localStorage[how](
            `frontdesk:${options.relay}:${options.site}:visitor:${name}`,
            JSON.stringify(value),
          ) as string,
        );
    } catch {}
  };
  return { get: (name) => use(name, 'getItem'), set: (name, value) => use(name, 'setItem', value) };
}

/** Removes all that the widget of this relay and site has put on the device. */
export function wipe({ relay, site }: Partial<Options>): void {
  const prefix = `frontdesk:${relay}:${site}:visitor`;
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(`${prefix}:`)) localStorage.removeItem(name);
    indexedDB.deleteDatabase(prefix);
  } catch {
    // Blocked, so that nothing is there.
  }
}
