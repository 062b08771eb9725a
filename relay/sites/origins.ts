import type { Clock } from '../store/clock.ts';

/** The origin of an address a person typed, as browsers write it; null when it is not of a web page. */
export function toOrigin(typed: string): string | null {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.hostname.includes('*')) return null;
  return url.origin;
}

/**
 * Whether a page of this origin may talk to the relay for a site: exactly one of the site's list, or the relay's own.
 * A request without an `Origin` header is not of a page of another origin: browsers always send it then.
 */
export function isAllowedOrigin(
  origin: string | null | undefined,
  site: { origins: readonly string[] },
  ownOrigins: readonly string[],
): boolean {
  if (origin === null || origin === undefined || origin === '') return true;
  return site.origins.includes(origin) || ownOrigins.includes(origin);
}

export interface RefusedOrigin {
  origin: string;
  /** When it was refused last. */
  at: string;
}

/** Origins refused of late, for the console's button «allow»; in memory alone. */
export interface RefusedOrigins {
  add(siteId: string, origin: string): void;
  /** Latest first. */
  list(siteId: string): RefusedOrigin[];
  /** Not shown any more, because it is allowed now. */
  forget(siteId: string, origins: readonly string[]): void;
}

const KEPT = 20;

export function createRefusedOrigins(clock: Clock): RefusedOrigins {
  const bySite = new Map<string, Map<string, string>>();
  return {
    add(siteId, origin) {
      /* What is no origin cannot be allowed either (`null` of sandboxed frames). */
      if (toOrigin(origin) !== origin || origin.length > 300) return;
      const refused = bySite.get(siteId) ?? new Map<string, string>();
      bySite.set(siteId, refused);
      refused.delete(origin);
      refused.set(origin, new Date(clock.now()).toISOString());
      const oldest = refused.size > KEPT ? refused.keys().next().value : undefined;
      if (oldest !== undefined) refused.delete(oldest);
    },
    list: (siteId) => [...(bySite.get(siteId) ?? [])].map(([origin, at]) => ({ origin, at })).reverse(),
    forget(siteId, origins) {
      for (const origin of origins) bySite.get(siteId)?.delete(origin);
    },
  };
}
