import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import type { RawTable, RawValue } from '../store/index.ts';
import { ENTRIES, type Manifest, sealOf, sha256, type TableOfBackup } from './manifest.ts';
import { toLine } from './row-lines.ts';
import { tarEnd, tarEntry } from './tar.ts';

const compress = promisify(zstdCompress);

/** Characters of a part before it is compressed. */
const PART_CHARS = 4 * 1024 * 1024;

/** Writes an archive part by part. */
export interface ArchiveWriter {
  table(table: RawTable, pages: AsyncIterable<RawValue[][]>): Promise<TableOfBackup>;
  file(path: string, bytes: Buffer): Promise<void>;
}

/**
 * Makes the archive `path`, readable for its owner alone. It takes its name when it is whole and on the disk; until
 * then what stood there before stands. `fn` answers with the manifest, which ends the archive.
 */
export async function writeArchive(path: string, fn: (archive: ArchiveWriter) => Promise<Manifest>): Promise<Manifest> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`;
  const at = new Date();
  const handle = await open(draft, 'wx', 0o600);
  try {
    const file = async (name: string, bytes: Buffer) => void (await handle.writeFile(tarEntry(name, bytes, at)));
    const manifest = await fn({ file, table: (table, pages) => writeTable(table, pages, file) });
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    await file(ENTRIES.manifest, bytes);
    await file(ENTRIES.seal, Buffer.from(sealOf(bytes)));
    await handle.writeFile(tarEnd());
    await handle.sync();
    await handle.close();
    await rename(draft, path);
    await syncFolder(dirname(path));
    return manifest;
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeTable(
  { name, columns }: RawTable,
  pages: AsyncIterable<RawValue[][]>,
  file: (path: string, bytes: Buffer) => Promise<void>,
): Promise<TableOfBackup> {
  const table: TableOfBackup = { name, columns, rows: 0, parts: [] };
  let text = '';
  let rows = 0;
  /* While a part is compressed and written, the rows of the next one are read. */
  let writing = Promise.resolve();
  const flush = () => {
    const [part, count] = [text, rows];
    [text, rows] = ['', 0];
    if (count === 0) return writing;
    const before = writing;
    const ready = compress(Buffer.from(part));
    writing = (async () => {
      const bytes = await ready;
      await before;
      const path = `tables/${name}/${String(table.parts.length).padStart(6, '0')}.ndjson.zst`;
      await file(path, bytes);
      table.parts.push({ path, rows: count, sha256: sha256(bytes) });
      table.rows += count;
    })();
    writing.catch(() => {});
    return before;
  };
  for await (const page of pages) {
    for (const row of page) {
      text += toLine(row, columns);
      rows += 1;
      if (text.length >= PART_CHARS) await flush();
    }
  }
  await flush();
  await writing;
  return table;
}

/** Brings a new name in a folder to the disk; Windows does it by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
