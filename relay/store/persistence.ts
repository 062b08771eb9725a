import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { Schema } from './schema.ts';

/**
 * What queries are built with, on both engines: builders only, always awaited (`await db.select()…`); no `.get()`,
 * `.all()`, `.run()` and no relational queries.
 */
export type Db = Pick<
  BaseSQLiteDatabase<'async', unknown, Schema>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$count'
>;

/** Any table of the schema. */
export type InsertableTable = Schema[keyof Schema];

/** The store below the rooms: one of two engines behind one query layer. */
export interface Persistence {
  readonly dialect: 'sqlite' | 'pg';
  /** Whether no other relay writes here, so that what was read or written stays true in memory. */
  readonly exclusive: boolean;
  readonly t: Schema;
  /** Outside of transactions; it cannot see what a running one has written. On SQLite it cannot write at all. */
  readonly read: Db;
  /**
   * One transaction; `fn` gets its `Db` and must use that alone (a nested `tx` would wait for itself for ever). On
   * Postgres `fn` may run again from the start after a deadlock, so it keeps no state outside. Throws `not-stored`
   * when the disk or the database cannot take writes now, `CommitUnsureError` when the outcome is unknown.
   */
  tx<T>(fn: (db: Db) => Promise<T>): Promise<T>;
  /** Runs `fn` inside the transaction of `db`; when it throws, what it wrote is undone and the rest stands. */
  savepoint<T>(db: Db, fn: () => Promise<T>): Promise<T>;
  /**
   * Whether this error has ended the whole transaction: no savepoint can be gone back to, or there was none
   * (`unguarded`) and a statement failed.
   */
  endsTransaction(db: Db, error: unknown, unguarded?: boolean): boolean;
  /** Inserts whole rows, many at once: the way of events, which are most of what is ever written. */
  insertRows<T extends InsertableTable>(db: Db, table: T, rows: readonly T['$inferSelect'][]): Promise<void>;
  /**
   * Locks names until the transaction ends, in one order for all relays; a name need not be a row yet. Nothing to do
   * on SQLite.
   */
  lockNames(db: Db, names: readonly string[]): Promise<void>;
  /** What is in force on the live connection that writes: `synchronous=FULL` or `synchronous_commit=on`. */
  durability(): Promise<string>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `postgres://…`; absent: SQLite in `dataDir`. */
  databaseUrl?: string | undefined;
  dataDir: string;
}

/** Opens the engine that the options choose and brings its schema up to date. Throws `StoreOpenError`. */
export async function openStore(options: StoreOptions): Promise<Persistence> {
  /* Imported when chosen, so that the other engine's code takes no memory. */
  if (options.databaseUrl === undefined || options.databaseUrl === '') {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(options.dataDir);
  }
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(options.databaseUrl);
}
