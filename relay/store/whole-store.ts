import type { StoreOptions } from './persistence.ts';
import type { RawLine } from './raw-line.ts';

/** Reads what is there at one moment while relays go on writing. Makes, migrates and changes nothing. */
export async function snapshotStore<T>(options: StoreOptions, fn: (line: RawLine) => Promise<T>): Promise<T> {
  if (options.databaseUrl) return (await import('./postgres.ts')).snapshotPostgres(options.databaseUrl, fn);
  return (await import('./sqlite.ts')).snapshotSqlite(options.dataDir, fn);
}

/** Whether there is a store already. */
export async function hasStore(options: StoreOptions): Promise<boolean> {
  if (options.databaseUrl) return (await import('./postgres.ts')).hasPostgres(options.databaseUrl);
  return (await import('./sqlite.ts')).hasSqlite(options.dataDir);
}

/** Makes a store anew in the place of the one there, whole or not at all; refuses while a relay runs on it. */
export async function replaceStore(
  options: StoreOptions,
  tables: readonly string[],
  fn: (line: RawLine) => Promise<void>,
): Promise<void> {
  if (options.databaseUrl) await (await import('./postgres.ts')).replacePostgres(options.databaseUrl, tables, fn);
  else await (await import('./sqlite.ts')).replaceSqlite(options.dataDir, fn);
}
