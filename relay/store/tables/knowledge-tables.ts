import type { RichNode } from '../../protocol/index.ts';
import type { Kit } from '../kit.ts';
import { commonColumns } from './columns.ts';

/** Articles and the files in them. */
export function knowledgeTables(kit: Kit) {
  const { table, text, int, bool, time, json, blob, index, uniqueIndex, primaryKey } = kit;
  const { id, siteId, createdAt } = commonColumns(kit);

  return {
    articles: table(
      'articles',
      {
        id: id(),
        siteId: siteId(),
        locale: text('locale').notNull(),
        slug: text('slug').notNull(),
        title: text('title').notNull(),
        section: text('section').notNull(),
        summary: text('summary').notNull(),
        markdown: text('markdown').notNull(),
        nodes: json<RichNode[]>('nodes').notNull(),
        externalId: text('external_id'),
        translationKey: text('translation_key'),
        position: int('position').notNull().default(0),
        pinned: bool('pinned').notNull().default(false),
        views: int('views').notNull().default(0),
        status: text<'published' | 'draft'>('status').notNull(),
        createdAt: createdAt(),
        updatedAt: time('updated_at').notNull(),
      },
      (t) => [
        uniqueIndex('articles_slug').on(t.siteId, t.locale, t.slug),
        index('articles_external').on(t.siteId, t.externalId),
      ],
    ),

    /** What became of an article on a day: how often it was read, and votes of people who are not known. */
    articleDays: table(
      'article_days',
      {
        siteId: siteId(),
        articleId: text('article_id').notNull(),
        /** Of UTC, `2026-11-22`. */
        day: text('day').notNull(),
        views: int('views').notNull().default(0),
        helped: int('helped').notNull().default(0),
        notHelped: int('not_helped').notNull().default(0),
      },
      (t) => [
        primaryKey({ columns: [t.articleId, t.day] }),
        index('article_days_site').on(t.siteId, t.day),
        index('article_days_day').on(t.day),
      ],
    ),

    /** Articles that a visit has read, for two days: so that reading one again does not count. */
    articleReadings: table(
      'article_readings',
      {
        visitId: text('visit_id').notNull(),
        articleId: text('article_id').notNull(),
        at: time('at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.visitId, t.articleId] }), index('article_readings_at').on(t.at)],
    ),

    /** What a visitor said of an article: one answer, which they may change. */
    articleVotes: table(
      'article_votes',
      {
        siteId: siteId(),
        articleId: text('article_id').notNull(),
        visitorId: text('visitor_id').notNull(),
        helped: bool('helped').notNull(),
        comment: text('comment').notNull().default(''),
        at: time('at').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.articleId, t.visitorId] }),
        index('article_votes_site').on(t.siteId, t.at),
        index('article_votes_at').on(t.at),
      ],
    ),

    /** What was looked for and not found, by day; without whoever looked for it. */
    failedSearches: table(
      'failed_searches',
      {
        siteId: siteId(),
        day: text('day').notNull(),
        locale: text('locale').notNull(),
        query: text('query').notNull(),
        count: int('count').notNull(),
        lastAt: time('last_at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.siteId, t.day, t.locale, t.query] }), index('failed_searches_day').on(t.day)],
    ),

    files: table(
      'files',
      {
        siteId: siteId(),
        hash: text('hash').notNull(),
        mime: text('mime').notNull(),
        size: int('size').notNull(),
        bytes: blob('bytes').notNull(),
        createdAt: createdAt(),
      },
      (t) => [primaryKey({ columns: [t.siteId, t.hash] })],
    ),
  };
}
