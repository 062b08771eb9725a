import { StoreOpenError } from './errors.ts';
import type { Migration } from './migrations.ts';

/** One connection inside one transaction that holds the lock for migrations. */
export interface MigrationLine {
  run(sql: string): Promise<void>;
  applied(): Promise<string[]>;
  record(name: string): Promise<void>;
}

const SPLIT = '--> statement-breakpoint';

/** Applies what is not applied yet, in order; gives the names of what it applied. */
export async function migrate(line: MigrationLine, migrations: readonly Migration[]): Promise<string[]> {
  await line.run('create table if not exists frontdesk_migrations (name text primary key, applied_at text not null)');
  const applied = new Set(await line.applied());
  const known = new Set(migrations.map((migration) => migration.name));
  for (const name of applied) {
    if (!known.has(name)) {
      throw new StoreOpenError(
        `The database was written by a newer Frontdesk (step ${name} is unknown here); start that version, or restore a backup.`,
      );
    }
  }
  const fresh = migrations.filter((migration) => !applied.has(migration.name));
  for (const migration of fresh) {
    for (const statement of migration.sql.split(SPLIT)) await line.run(statement);
    await line.record(migration.name);
  }
  return fresh.map((migration) => migration.name);
}
