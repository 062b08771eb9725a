import type { Kit } from './kit.ts';
import { conversationTables } from './tables/conversation-tables.ts';
import { knowledgeTables } from './tables/knowledge-tables.ts';
import { siteTables } from './tables/site-tables.ts';
import { uploadTables } from './tables/upload-tables.ts';
import { visitorTables } from './tables/visitor-tables.ts';

/**
 * Every table, made over a column kit. Ids are UUIDv7 in text, times are `Date`s, JSON columns are typed. There are no
 * foreign keys: rows are only ever reached through their site.
 */
export function makeSchema(kit: Kit) {
  return {
    ...siteTables(kit),
    ...visitorTables(kit),
    ...conversationTables(kit),
    ...knowledgeTables(kit),
    ...uploadTables(kit),
  };
}

export type Schema = ReturnType<typeof makeSchema>;
