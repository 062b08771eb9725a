import type { Kit } from '../kit.ts';
import { commonColumns } from './columns.ts';

/** What visitors and operators attach to messages and forms. */
export function uploadTables(kit: Kit) {
  const { table, text, int, time, blob, index, primaryKey } = kit;
  const { siteId, createdAt } = commonColumns(kit);
  return {
    uploads: table(
      'uploads',
      {
        /** Random: nobody finds one by its neighbour. */
        id: text('id').primaryKey(),
        siteId: siteId(),
        /** The visitor or operator who made it. */
        ownerId: text('owner_id').notNull(),
        name: text('name').notNull(),
        mime: text('mime').notNull(),
        size: int('size').notNull(),
        width: int('width'),
        height: int('height'),
        /** Of the message that it was sent with; none yet: it is its owner's alone, for a day. */
        conversationId: text('conversation_id'),
        createdAt: createdAt(),
        /** When its last part was stored; none: it is not whole. */
        storedAt: time('stored_at'),
      },
      (t) => [index('uploads_unsent').on(t.conversationId, t.createdAt)],
    ),

    /** In pieces, so that no commit has to carry a whole file. */
    uploadParts: table(
      'upload_parts',
      { uploadId: text('upload_id').notNull(), no: int('no').notNull(), bytes: blob('bytes').notNull() },
      (t) => [primaryKey({ columns: [t.uploadId, t.no] })],
    ),
  };
}
