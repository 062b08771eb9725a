import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Db, Schema } from '../store/index.ts';

/** A file's row. */
export type StoredFile = Schema['files']['$inferSelect'];

/** What a file is called by: the SHA-256 of its bytes, in hex. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Keeps a file of a site under its hash; the same bytes are kept once. */
export async function putFile(
  db: Db,
  t: Schema,
  file: { siteId: string; hash: string; bytes: Uint8Array; mime: string; at: Date },
): Promise<void> {
  const { siteId, hash, mime, at } = file;
  const row = { siteId, hash, mime, size: file.bytes.byteLength, bytes: Buffer.from(file.bytes), createdAt: at };
  await db.insert(t.files).values(row).onConflictDoNothing();
}

/** A site's file by its hash. */
export async function fileOf(db: Db, t: Schema, siteId: string, hash: string): Promise<StoredFile | undefined> {
  const [row] = await db
    .select()
    .from(t.files)
    .where(and(eq(t.files.siteId, siteId), eq(t.files.hash, hash)));
  return row;
}

/** Where a file is reached from the relay's root. */
export const fileAddress = (siteKey: string, hash: string): string => `/api/visitor/files/${siteKey}/${hash}`;

/** Site key and hash of such an address; `null` when it is something else. */
export function readFileAddress(address: string): { siteKey: string; hash: string } | null {
  const match = /^\/api\/visitor\/files\/([a-z0-9-]+)\/([0-9a-f]{64})$/.exec(address);
  return match?.[1] === undefined || match[2] === undefined ? null : { siteKey: match[1], hash: match[2] };
}
