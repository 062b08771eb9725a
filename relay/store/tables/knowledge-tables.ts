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
