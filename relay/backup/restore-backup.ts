import { randomUUID } from 'node:crypto';
import { migrate, migrationsOf, type RawLine, replaceStore, type StoreOptions } from '../store/index.ts';
import { rawTables } from '../store/raw-tables.ts';
import type { Archive } from './archive-reader.ts';
import { BackupError } from './backup-error.ts';

/** Tables that are dropped before the ones of a backup are made. */
const tablesThere = () => ['frontdesk_migrations', ...rawTables().map(({ name }) => name)];

/**
 * Makes the store of a backup in the place of the one there, whole or not at all: the schema as it was then, the rows,
 * the steps of the schema since then, and a new epoch, so that browsers load anew. `known`: the steps of this version.
 * Throws `BackupError`, `StoreOpenError`.
 */
export async function restoreBackup(
  options: StoreOptions,
  { manifest, rows }: Archive,
  known?: (dialect: RawLine['dialect']) => ReturnType<typeof migrationsOf>,
): Promise<void> {
  await replaceStore(options, tablesThere(), async (line) => {
    const all = (known ?? migrationsOf)(line.dialect);
    const then = all.filter(({ name }) => manifest.migrations.includes(name));
    if (then.length < manifest.migrations.length)
      throw new BackupError('The backup was made by a newer Frontdesk; restore it with that version.');
    const migrations = {
      run: line.run,
      applied: async () => (await line.ask('select name from frontdesk_migrations')).map(([name]) => String(name)),
      record: (name: string) =>
        line.run(`insert into frontdesk_migrations values ('${name}', '${new Date().toISOString()}')`),
    };
    await migrate(migrations, then);
    for (const table of manifest.tables) {
      let count = 0;
      for await (const page of rows(table)) {
        await line.insert(table, page);
        count += page.length;
      }
      if (count !== table.rows)
        throw new BackupError(`The backup has ${count} of ${table.rows} rows of ${table.name}.`);
    }
    await migrate(migrations, all);
    await line.run(`delete from meta where key = 'epoch'; insert into meta values ('epoch', '${randomUUID()}')`);
  });
}
