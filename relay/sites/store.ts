import { randomUUIDv7 } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import { type SiteSettingsInput, siteSettings } from '../protocol/index.ts';
import { type Db, isUniqueConflict, type Schema } from '../store/index.ts';
import { SITE_KEY } from './rules.ts';

/** A site's row. */
export type Site = Schema['sites']['$inferSelect'];

export interface NewSite {
  key: string;
  name: string;
  /** As `toOrigin` makes them. */
  origins?: readonly string[];
  settings?: SiteSettingsInput;
  at: Date;
}

/** Makes a site. Throws `conflict` when its key is taken, `bad-field` when it cannot be a key. */
export async function createSite(db: Db, t: Schema, site: NewSite): Promise<Site> {
  if (!SITE_KEY.test(site.key)) {
    throw new FrontdeskError('bad-field', 'A site’s key is of small letters, digits and hyphens.', { field: 'key' });
  }
  const row: Site = {
    id: randomUUIDv7(),
    key: site.key,
    name: site.name,
    origins: [...(site.origins ?? [])],
    settings: siteSettings.parse(site.settings ?? {}),
    visitorCount: 0,
    secondFactorDemanded: false,
    createdAt: site.at,
  };
  try {
    await db.insert(t.sites).values(row);
  } catch (error) {
    if (isUniqueConflict(error))
      throw new FrontdeskError('conflict', 'There is a site with this key.', { field: 'key' });
    throw error;
  }
  return row;
}

/** The site of a key; the settings hold every field there is, also of a later version than the row. */
export async function siteByKey(db: Db, t: Schema, key: string): Promise<Site | undefined> {
  if (!SITE_KEY.test(key)) return undefined;
  const [row] = await db.select().from(t.sites).where(eq(t.sites.key, key));
  return row && whole(row);
}

/** Whether there is a site of this key, or any: a start asks only that, and reading settings takes it longer than its queries. */
export async function hasSite(db: Db, t: Schema, key?: string): Promise<boolean> {
  const [row] = await db
    .select({ id: t.sites.id })
    .from(t.sites)
    .where(key === undefined ? undefined : eq(t.sites.key, key))
    .limit(1);
  return row !== undefined;
}

export async function siteById(db: Db, t: Schema, id: string): Promise<Site | undefined> {
  const [row] = await db.select().from(t.sites).where(eq(t.sites.id, id));
  return row && whole(row);
}

/** All sites, the oldest first. */
export async function listSites(db: Db, t: Schema): Promise<Site[]> {
  return (await db.select().from(t.sites).orderBy(asc(t.sites.createdAt), asc(t.sites.id))).map(whole);
}

/** Changes what is given; undefined when there is no such site. */
export async function updateSite(
  db: Db,
  t: Schema,
  id: string,
  change: Partial<Pick<Site, 'name' | 'origins' | 'settings'>>,
): Promise<Site | undefined> {
  if (Object.keys(change).length > 0) await db.update(t.sites).set(change).where(eq(t.sites.id, id));
  return siteById(db, t, id);
}

/** Rows written before a setting existed get its default. */
function whole(row: Site): Site {
  return { ...row, settings: siteSettings.parse(row.settings) };
}
