import { and, eq, isNull } from 'drizzle-orm';
import { toAttached, uploadsByIds } from '../files/uploads.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { AttachedFile } from '../protocol/log-event.ts';
import type { Batch, Db, Persistence } from '../store/index.ts';

/**
 * Takes a sender's uploads for a message of this conversation: each is its sender's own and is sent once. Nothing is written
 * but at the end of the batch.
 */
export async function takeFiles(
  { t }: Pick<Persistence, 't'>,
  db: Db,
  batch: Batch,
  wanted: { siteId: string; ownerId: string; conversationId: string; ids: readonly string[] },
): Promise<{ files?: AttachedFile[] }> {
  const { siteId, ownerId, conversationId, ids } = wanted;
  if (ids.length === 0) return {};
  const rows = new Map((await uploadsByIds(db, t, siteId, ids)).map((row) => [row.id, row]));
  const files = [...new Set(ids)].map((id) => {
    const row = rows.get(id);
    const key = `sent-upload:${id}`;
    if (row?.ownerId !== ownerId || row.conversationId !== null || batch.get<boolean>(key))
      throw new FrontdeskError('no-such-file');
    return row;
  });
  for (const { id } of files) {
    const key = `sent-upload:${id}`;
    batch.set(key, true);
    batch.finish(key, async (inner) => {
      const taken = await inner
        .update(t.uploads)
        .set({ conversationId })
        .where(and(eq(t.uploads.id, id), isNull(t.uploads.conversationId)))
        .returning();
      // Sent or forgotten by another relay a moment ago: the batch runs again and sees it.
      if (taken.length === 0) throw new Error(`upload ${id} is gone`);
    });
  }
  return { files: files.map(toAttached) };
}
