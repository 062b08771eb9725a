import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { RawValue } from '../store/index.ts';
import { BackupError } from './backup-error.ts';
import { ENTRIES, FORMAT, type Manifest, sealOf, sha256, manifest as shape, type TableOfBackup } from './manifest.ts';
import { fromLines } from './row-lines.ts';
import { type TarFile, tarFiles } from './tar.ts';

const decompress = promisify(zstdDecompress);

/** A backup that was read through once and found whole. */
export interface Archive {
  manifest: Manifest;
  /** The secrets of the relay it was made of. */
  secret: string | null;
  /** A table's rows, a part at a time. */
  rows(table: TableOfBackup): AsyncIterable<RawValue[][]>;
  close(): Promise<void>;
}

/** Opens a backup and checks every byte of it. Throws `BackupError`. */
export async function openArchive(path: string): Promise<Archive> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(`${path} cannot be read (${error.code}).`);
  });
  const readAt = async (position: number, length: number) => {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await handle.read(bytes, 0, length, position);
    return bytes.subarray(0, bytesRead);
  };
  try {
    const files = new Map<string, TarFile & { sha256: string }>();
    for await (const file of tarFiles(readAt)) files.set(file.path, { ...file, sha256: sha256(await file.read()) });
    const text = async (name: string) => (await files.get(name)?.read())?.toString() ?? null;
    const manifest = readManifest(await text(ENTRIES.manifest), await text(ENTRIES.seal));
    const listed = manifest.tables.flatMap(({ parts }) => parts);
    if (manifest.secret) listed.push({ path: ENTRIES.secret, rows: 1, sha256: manifest.secret.sha256 });
    for (const { path: name, sha256: sum } of listed)
      if (files.get(name)?.sha256 !== sum)
        throw new BackupError(`${path} is damaged: ${name} is not what was written.`);
    return {
      manifest,
      secret: manifest.secret ? await text(ENTRIES.secret) : null,
      async *rows({ columns, parts }) {
        for (const part of parts) {
          const bytes = (await files.get(part.path)?.read()) ?? Buffer.alloc(0);
          yield fromLines((await decompress(bytes)).toString(), columns);
        }
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    if (error instanceof RangeError) throw new BackupError(`${path} is no backup of Frontdesk, or it was cut short.`);
    throw error;
  }
}

function readManifest(text: string | null, seal: string | null): Manifest {
  if (text === null || seal === null) throw new RangeError('There is no manifest.');
  if (seal !== sealOf(text)) throw new BackupError('The backup is damaged: its list is not what was written.');
  const json = JSON.parse(text) as { format?: unknown };
  if (typeof json.format === 'number' && json.format > FORMAT)
    throw new BackupError('The backup was made by a newer Frontdesk; restore it with that version.');
  return shape.parse(json);
}
