import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Article, RichNode } from '../protocol/articles.ts';
import { type LocaleCode, localeCode } from '../protocol/site-settings.ts';
import type { Db, Schema } from '../store/index.ts';

/** An article's row. */
export type ArticleRow = Schema['articles']['$inferSelect'];

/** What lists show of an article, without its text. */
export type ArticleHead = Pick<
  ArticleRow,
  | 'id'
  | 'slug'
  | 'locale'
  | 'title'
  | 'section'
  | 'summary'
  | 'externalId'
  | 'pinned'
  | 'views'
  | 'position'
  | 'status'
  | 'updatedAt'
>;

const versionKey = (siteId: string): string => `articles:${siteId}`;

/**
 * Changes whenever an article of the site does, whichever process did it; the empty text before the first. What is
 * kept in memory of articles is judged by it.
 */
export async function articlesVersion(db: Db, t: Schema, siteId: string): Promise<string> {
  const [row] = await db
    .select({ value: t.meta.value })
    .from(t.meta)
    .where(eq(t.meta.key, versionKey(siteId)));
  return row?.value ?? '';
}

/** To be called in the transaction that changes articles. */
export async function bumpArticlesVersion(db: Db, t: Schema, siteId: string, version: string): Promise<void> {
  await db
    .insert(t.meta)
    .values({ key: versionKey(siteId), value: version })
    .onConflictDoUpdate({ target: t.meta.key, set: { value: version } });
}

/** A page of a site's articles in one language, in the order of their slugs; `after` is the last one seen. */
export function articlePage(
  db: Db,
  t: Schema,
  where: { siteId: string; locale: string; after: string; limit: number },
): Promise<ArticleRow[]> {
  const { articles: a } = t;
  return db
    .select()
    .from(a)
    .where(and(eq(a.siteId, where.siteId), eq(a.locale, where.locale), gt(a.slug, where.after)))
    .orderBy(asc(a.slug))
    .limit(where.limit);
}

/** Languages a site has articles in. */
export async function articleLocales(db: Db, t: Schema, siteId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ locale: t.articles.locale })
    .from(t.articles)
    .where(eq(t.articles.siteId, siteId));
  return rows.map(({ locale }) => locale).sort();
}

/** Texts of some articles, by id. */
export async function nodesOf(db: Db, t: Schema, ids: readonly string[]): Promise<Map<string, RichNode[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: t.articles.id, nodes: t.articles.nodes })
    .from(t.articles)
    .where(inArray(t.articles.id, [...ids]));
  return new Map(rows.map(({ id, nodes }) => [id, nodes]));
}

/** All rows that a slug may mean: of this slug in any language, and their translations. */
async function family(db: Db, t: Schema, siteId: string, slug: string): Promise<ArticleRow[]> {
  const { articles: a } = t;
  const named = await db
    .select()
    .from(a)
    .where(and(eq(a.siteId, siteId), inArray(a.locale, localeCode.options), eq(a.slug, slug)));
  const keys = named.flatMap(({ translationKey }) => (translationKey === null ? [] : [translationKey]));
  if (keys.length === 0) return named;
  const kin = await db
    .select()
    .from(a)
    .where(and(eq(a.siteId, siteId), inArray(a.translationKey, keys)));
  const seen = new Set(named.map(({ id }) => id));
  return [...named, ...kin.filter(({ id }) => !seen.has(id))];
}

/**
 * An article as it is read. In `locale` when it is there under this slug or as a translation of it; else in the
 * language that has it. `null` when no language has it. Drafts are shown to operators alone.
 */
export async function readArticle(
  db: Db,
  t: Schema,
  asked: { siteId: string; slug: string; locale: string; drafts: boolean },
): Promise<(Article & { id: string }) | null> {
  const rows = (await family(db, t, asked.siteId, asked.slug)).filter(
    ({ status, locale }) => (asked.drafts || status === 'published') && isShipped(locale),
  );
  const named = rows.filter(({ slug }) => slug === asked.slug);
  const start = named.find(({ locale }) => locale === asked.locale) ?? named[0];
  if (start === undefined) return null;
  const kin = rows.filter((row) => row.translationKey !== null && row.translationKey === start.translationKey);
  const row = start.locale === asked.locale ? start : (kin.find(({ locale }) => locale === asked.locale) ?? start);
  const translations: Article['translations'] = {};
  for (const other of kin) if (other.id !== row.id && isShipped(other.locale)) translations[other.locale] = other.slug;
  return {
    id: row.id,
    slug: row.slug,
    locale: isShipped(row.locale) ? row.locale : 'en',
    title: row.title,
    section: row.section,
    externalId: row.externalId,
    updatedAt: row.updatedAt.toISOString(),
    nodes: row.nodes,
    translations,
  };
}

const isShipped = (locale: string): locale is LocaleCode => localeCode.safeParse(locale).success;
