import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { migrationsOf, type StoreOptions, snapshotStore } from '../store/index.ts';
import { rawTables } from '../store/raw-tables.ts';
import { VERSION } from '../version.ts';
import { writeArchive } from './archive-writer.ts';
import { BackupError } from './backup-error.ts';
import { ENTRIES, FORMAT, type Manifest, sha256 } from './manifest.ts';

/**
 * Writes everything a relay has at one moment into the file `path`, while it goes on. `secrets`: those kept in the data
 * directory, which go with it; none when they came by the setting.
 */
export function makeBackup(store: StoreOptions, path: string, secrets: readonly string[]): Promise<Manifest> {
  return snapshotStore(store, async (line) => {
    const madeAt = new Date().toISOString();
    const applied = (await line.ask('select name from frontdesk_migrations order by name')).map(([name]) =>
      String(name),
    );
    const known = migrationsOf(line.dialect).map(({ name }) => name);
    if (applied.join() !== known.join())
      throw new BackupError(
        'The store is of another version than this command; run the one that belongs to the relay.',
      );
    await mkdir(dirname(path), { recursive: true });
    return writeArchive(path, async (archive) => {
      const tables = [];
      for (const table of rawTables()) tables.push(await archive.table(table, line.rows(table)));
      const secret = Buffer.from(`${secrets.join('\n')}\n`);
      if (secrets.length > 0) await archive.file(ENTRIES.secret, secret);
      return {
        ...{ format: FORMAT, product: 'Frontdesk', version: VERSION, engine: line.dialect, madeAt },
        ...{ migrations: applied, tables },
        ...(secrets.length > 0 && { secret: { sha256: sha256(secret) } }),
      };
    });
  });
}
