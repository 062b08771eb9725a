import { FrontdeskError } from '../protocol/errors.ts';
import type { SiteSettings } from '../protocol/site-settings.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { isAllowedOrigin, type RefusedOrigins } from './origins.ts';
import { type Site, siteById, siteByKey } from './store.ts';

/** So long a site is believed to be as it was read; an edit on this relay is seen at once. */
const BELIEVED_MS = 5_000;

/** Sites as every request needs them: read once, kept for a moment. */
export interface SiteDirectory {
  byKey(key: string): Promise<Site | null>;
  byId(id: string): Promise<Site>;
  settingsOf(id: string): Promise<SiteSettings>;
  /** The site of a key for a page of this origin; throws `unknown-site` or `forbidden-origin` (and notes it). */
  forPage(key: string, origin: string | null | undefined): Promise<Site>;
  forget(id: string): void;
}

export function createSiteDirectory(deps: {
  store: Persistence;
  clock: Clock;
  refused: RefusedOrigins;
  ownOrigins: readonly string[];
}): SiteDirectory {
  const { store, clock, refused, ownOrigins } = deps;
  const kept = new Map<string, { site: Site; until: number }>();

  const keep = (site: Site) => {
    const entry = { site, until: clock.now() + BELIEVED_MS };
    kept.set(site.id, entry);
    kept.set(`key:${site.key}`, entry);
    return site;
  };
  const believed = (name: string) => {
    const entry = kept.get(name);
    return entry && entry.until > clock.now() ? entry.site : null;
  };
  const byKey = async (key: string) => {
    const known = believed(`key:${key}`);
    if (known) return known;
    const site = await siteByKey(store.read, store.t, key);
    return site ? keep(site) : null;
  };
  const byId = async (id: string) => {
    const known = believed(id);
    if (known) return known;
    const site = await siteById(store.read, store.t, id);
    if (!site) throw new FrontdeskError('unknown-site');
    return keep(site);
  };

  return {
    byKey,
    byId,
    settingsOf: async (id) => (await byId(id)).settings,
    async forPage(key, origin) {
      const site = await byKey(key);
      if (!site)
        throw new FrontdeskError(
          'unknown-site',
          `There is no site with the key «${key.slice(0, 64)}»; look at data-site in the script tag.`,
        );
      if (isAllowedOrigin(origin, site, ownOrigins)) return site;
      refused.add(site.id, origin ?? '');
      throw new FrontdeskError(
        'forbidden-origin',
        `The site «${site.key}» does not allow pages of ${origin}; add this origin in the console's settings.`,
      );
    },
    forget(id) {
      const entry = kept.get(id);
      kept.delete(id);
      if (entry) kept.delete(`key:${entry.site.key}`);
    },
  };
}
