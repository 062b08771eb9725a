import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm';
import { fileTypeFromBuffer } from 'file-type';
import { FrontdeskError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { AttachedFile } from '../protocol/log-event.ts';
import type { Clock, CommitQueue, Db, Persistence, Schema } from '../store/index.ts';
import { redraw } from './picture.ts';
import { kindOf, PICTURES, safeName } from './upload-kinds.ts';

export type UploadRow = Schema['uploads']['$inferSelect'];

/** Bytes of one piece of a file, each of which is a write of its own. */
const PART_BYTES = 512 * 1024;
/** What was not sent is kept so long. */
export const UNSENT_MS = 24 * 3_600_000;

/** An upload as events and clients name it. */
export const toAttached = ({ id, name, mime, size, width, height }: UploadRow): AttachedFile => ({
  ...{ id, name, mime, size },
  ...(width !== null && height !== null && { width, height }),
});

/** Reads a request's body, no more than a file may have; `expected` bytes where the request says how many come. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  expected: string | undefined,
): Promise<Uint8Array> {
  const announced = expected === undefined ? null : Number(expected);
  if (announced !== null && announced > LIMITS.fileBytes) throw new FrontdeskError('too-big');
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of body ?? []) {
      size += part.length;
      if (size > LIMITS.fileBytes) break;
      parts.push(part);
    }
  } catch {
    throw new FrontdeskError('bad-request', 'The file did not come whole.');
  }
  if (size > LIMITS.fileBytes) throw new FrontdeskError('too-big');
  if (size === 0) throw new FrontdeskError('empty', 'There is nothing in this file.');
  if (announced !== null && announced !== size) throw new FrontdeskError('bad-request', 'The file did not come whole.');
  return Buffer.concat(parts);
}

/** Looks at a file and keeps it for its owner, who has a day to send it. */
export async function keepUpload(
  { store, queue, clock }: { store: Persistence; queue: CommitQueue; clock: Clock },
  file: { siteId: string; ownerId: string; name: string; bytes: Uint8Array },
): Promise<AttachedFile> {
  const { t } = store;
  const name = safeName(file.name);
  const recognised = await fileTypeFromBuffer(file.bytes).catch(() => undefined);
  const mime = kindOf(name, recognised?.mime, file.bytes);
  if (mime === null) throw new FrontdeskError('bad-file');
  const picture = PICTURES.has(mime) ? await redraw(file.bytes, mime) : null;
  const bytes = picture?.bytes ?? file.bytes;
  const row: UploadRow = {
    ...{ id: randomUUID(), siteId: file.siteId, ownerId: file.ownerId, name, mime, size: bytes.length },
    ...{ width: picture?.width ?? null, height: picture?.height ?? null },
    ...{ conversationId: null, createdAt: new Date(clock.now()), storedAt: null },
  };
  const write = (run: (db: Db) => Promise<unknown>) => queue.submit({ key: `upload:${row.id}`, run });
  await write((db) => db.insert(t.uploads).values(row));
  for (let no = 0; no * PART_BYTES < bytes.length; no++) {
    const part = Buffer.from(bytes.subarray(no * PART_BYTES, (no + 1) * PART_BYTES));
    await write((db) => db.insert(t.uploadParts).values({ uploadId: row.id, no, bytes: part }));
  }
  const storedAt = new Date(clock.now());
  await write((db) => db.update(t.uploads).set({ storedAt }).where(eq(t.uploads.id, row.id)));
  return toAttached(row);
}

/** Uploads of a site by their ids, those that are whole. */
export async function uploadsByIds(db: Db, t: Schema, siteId: string, ids: readonly string[]): Promise<UploadRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(t.uploads)
    .where(and(eq(t.uploads.siteId, siteId), inArray(t.uploads.id, [...ids])));
  return rows.filter(({ storedAt }) => storedAt !== null);
}

/** The whole upload of an id, whichever site's it is. */
export async function uploadById(db: Db, t: Schema, id: string): Promise<UploadRow | undefined> {
  const [row] = await db.select().from(t.uploads).where(eq(t.uploads.id, id));
  return row?.storedAt ? row : undefined;
}

/** A file's bytes, piece by piece. */
export function bytesOf({ read, t }: Persistence, id: string): ReadableStream<Uint8Array> {
  let no = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const [part] = await read
        .select({ bytes: t.uploadParts.bytes })
        .from(t.uploadParts)
        .where(and(eq(t.uploadParts.uploadId, id), eq(t.uploadParts.no, no++)));
      if (part) controller.enqueue(new Uint8Array(part.bytes));
      else controller.close();
    },
  });
}

/** Forgets uploads with all their bytes. */
export async function dropUploads(db: Db, t: Schema, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.delete(t.uploadParts).where(inArray(t.uploadParts.uploadId, [...ids]));
  await db.delete(t.uploads).where(inArray(t.uploads.id, [...ids]));
}

/** Forgets what was uploaded more than a day ago and never sent; says how many there were. */
export async function dropUnsent({
  store,
  queue,
  clock,
}: {
  store: Persistence;
  queue: CommitQueue;
  clock: Clock;
}): Promise<number> {
  const { t } = store;
  const old = await store.read
    .select({ id: t.uploads.id })
    .from(t.uploads)
    .where(and(isNull(t.uploads.conversationId), lt(t.uploads.createdAt, new Date(clock.now() - UNSENT_MS))))
    .orderBy(asc(t.uploads.createdAt))
    .limit(500);
  for (const { id } of old)
    await queue.submit({
      key: `upload:${id}`,
      async run(db) {
        // It may have been sent meanwhile.
        const [row] = await db.select().from(t.uploads).where(eq(t.uploads.id, id));
        if (row?.conversationId === null) await dropUploads(db, t, [id]);
      },
    });
  return old.length;
}
