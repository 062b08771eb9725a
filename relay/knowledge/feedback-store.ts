import { and, count, desc, eq, gte, lt, max, ne, sql, sum } from 'drizzle-orm';
import type { Db, Schema } from '../store/index.ts';

/** An article, by its site and id. */
export interface ArticleKey {
  siteId: string;
  articleId: string;
}

/** How often an article was read in some days, and whether it helped. */
export interface ArticleCounts {
  views: number;
  helped: number;
  notHelped: number;
}

/** Distinct searches of one site that one day keeps; further ones are not counted. */
export const MOST_QUERIES_A_DAY = 500;

/** Notes that a visit reads an article; whether it is for the first time. */
export async function noteReading(
  db: Db,
  t: Schema,
  { siteId, articleId }: ArticleKey,
  reading: { visitId: string; day: string; at: Date },
): Promise<boolean> {
  const { visitId, day, at } = reading;
  const fresh = await db
    .insert(t.articleReadings)
    .values({ visitId, articleId, at })
    .onConflictDoNothing()
    .returning({ articleId: t.articleReadings.articleId });
  if (fresh.length === 0) return false;
  await countDay(db, t, { siteId, articleId }, day, 'views');
  await db
    .update(t.articles)
    .set({ views: sql`${t.articles.views} + 1` })
    .where(eq(t.articles.id, articleId));
  return true;
}

/** Counts one more of something on a day. */
export async function countDay(
  db: Db,
  t: Schema,
  { siteId, articleId }: ArticleKey,
  day: string,
  what: keyof ArticleCounts,
): Promise<void> {
  const { articleDays: d } = t;
  await db
    .insert(d)
    .values({ siteId, articleId, day, [what]: 1 })
    .onConflictDoUpdate({ target: [d.articleId, d.day], set: { [what]: sql`${d[what]} + 1` } });
}

/** What a visitor says of an article, in the place of what they said before; a comment stays until another one comes or it helped. */
export async function putVote(
  db: Db,
  t: Schema,
  { siteId, articleId }: ArticleKey,
  vote: { visitorId: string; helped: boolean; comment: string | undefined; at: Date },
): Promise<void> {
  const { visitorId, helped, at } = vote;
  const comment = helped ? '' : vote.comment;
  await db
    .insert(t.articleVotes)
    .values({ siteId, articleId, visitorId, helped, comment: comment ?? '', at })
    .onConflictDoUpdate({
      target: [t.articleVotes.articleId, t.articleVotes.visitorId],
      set: { helped, at, ...(comment !== undefined && { comment }) },
    });
}

/** What a visitor has said of an article; null: nothing yet. */
export async function voteOf(db: Db, t: Schema, articleId: string, visitorId: string): Promise<boolean | null> {
  const { articleVotes: v } = t;
  const [row] = await db
    .select({ helped: v.helped })
    .from(v)
    .where(and(eq(v.articleId, articleId), eq(v.visitorId, visitorId)));
  return row?.helped ?? null;
}

/** Counts a search that found nothing. */
export async function countFailedSearch(
  db: Db,
  t: Schema,
  search: { siteId: string; day: string; locale: string; query: string; at: Date },
): Promise<void> {
  const { failedSearches: f } = t;
  const { siteId, day, locale, query, at } = search;
  const again = await db
    .update(f)
    .set({ count: sql`${f.count} + 1`, lastAt: at })
    .where(and(eq(f.siteId, siteId), eq(f.day, day), eq(f.locale, locale), eq(f.query, query)))
    .returning({ count: f.count });
  if (again.length > 0) return;
  const [kept] = await db
    .select({ queries: count() })
    .from(f)
    .where(and(eq(f.siteId, siteId), eq(f.day, day)));
  if ((kept?.queries ?? 0) >= MOST_QUERIES_A_DAY) return;
  await db
    .insert(f)
    .values({ siteId, day, locale, query, count: 1, lastAt: at })
    .onConflictDoUpdate({
      target: [f.siteId, f.day, f.locale, f.query],
      set: { count: sql`${f.count} + 1`, lastAt: at },
    });
}

/** Counts of a site's articles since a day, by article; those without any are left out. */
export async function countsSince(
  db: Db,
  t: Schema,
  siteId: string,
  day: string,
): Promise<Map<string, ArticleCounts & { comments: number }>> {
  const { articleDays: d, articleVotes: v } = t;
  const counted = new Map<string, ArticleCounts & { comments: number }>();
  const of = (id: string) => {
    const entry = counted.get(id) ?? { views: 0, helped: 0, notHelped: 0, comments: 0 };
    counted.set(id, entry);
    return entry;
  };
  const days = await db
    .select({ id: d.articleId, views: sum(d.views), helped: sum(d.helped), notHelped: sum(d.notHelped) })
    .from(d)
    .where(and(eq(d.siteId, siteId), gte(d.day, day)))
    .groupBy(d.articleId);
  for (const { id, ...sums } of days) {
    const entry = of(id);
    entry.views = Number(sums.views);
    entry.helped = Number(sums.helped);
    entry.notHelped = Number(sums.notHelped);
  }
  const votes = await db
    .select({
      ...{ id: v.articleId, helped: v.helped, votes: count() },
      comments: count(sql`case when ${v.comment} <> '' then 1 end`),
    })
    .from(v)
    .where(and(eq(v.siteId, siteId), gte(v.at, new Date(day))))
    .groupBy(v.articleId, v.helped);
  for (const { id, helped, votes: more, comments } of votes) {
    const entry = of(id);
    if (helped) entry.helped += more;
    else entry.notHelped += more;
    entry.comments += comments;
  }
  return counted;
}

/** What was written of an article that did not help, the latest first. */
export function commentsSince(
  db: Db,
  t: Schema,
  { siteId, articleId }: ArticleKey,
  day: string,
  limit: number,
): Promise<{ text: string; at: Date }[]> {
  const { articleVotes: v } = t;
  return db
    .select({ text: v.comment, at: v.at })
    .from(v)
    .where(and(eq(v.siteId, siteId), eq(v.articleId, articleId), gte(v.at, new Date(day)), ne(v.comment, '')))
    .orderBy(desc(v.at))
    .limit(limit);
}

/** Searches of a site that found nothing since a day, the most frequent first. */
export async function failedSearchesSince(
  db: Db,
  t: Schema,
  siteId: string,
  day: string,
  limit: number,
): Promise<{ query: string; locale: string; count: number; lastAt: Date }[]> {
  const { failedSearches: f } = t;
  const total = sum(f.count).mapWith(Number);
  const rows = await db
    .select({ query: f.query, locale: f.locale, count: total, lastAt: max(f.lastAt) })
    .from(f)
    .where(and(eq(f.siteId, siteId), gte(f.day, day)))
    .groupBy(f.query, f.locale)
    .orderBy(desc(sum(f.count)), desc(max(f.lastAt)), f.query)
    .limit(limit);
  return rows.map(({ lastAt, ...row }) => ({ ...row, lastAt: lastAt ?? new Date(day) }));
}

/** Drops what was counted before a day, and which visits read what before a moment. */
export async function dropFeedback(db: Db, t: Schema, before: { day: string; readings: Date }): Promise<void> {
  await db.delete(t.articleDays).where(lt(t.articleDays.day, before.day));
  await db.delete(t.articleVotes).where(lt(t.articleVotes.at, new Date(before.day)));
  await db.delete(t.failedSearches).where(lt(t.failedSearches.day, before.day));
  await db.delete(t.articleReadings).where(lt(t.articleReadings.at, before.readings));
}
