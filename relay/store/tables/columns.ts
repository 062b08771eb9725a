import type { Kit } from '../kit.ts';

/** Columns that many tables have. */
export function commonColumns({ text, time }: Kit) {
  return {
    /** A UUIDv7. */
    id: () => text('id').primaryKey(),
    siteId: () => text('site_id').notNull(),
    createdAt: () => time('created_at').notNull(),
  };
}
