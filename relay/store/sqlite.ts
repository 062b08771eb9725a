import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { engineCode, isUnwritable, StoreOpenError, translate } from './errors.ts';
import { driverValues, insertion } from './insertion.ts';
import { makeFolder } from './make-folder.ts';
import { migrate } from './migrate.ts';
import { sqliteMigrations } from './migrations.ts';
import type { Db, Persistence } from './persistence.ts';
import type { RawLine } from './raw-line.ts';
import { rawSqlite } from './raw-sqlite.ts';
import { schema } from './schema-sqlite.ts';
import { statementCache } from './statement-cache.ts';

/** The file in the data directory. */
export const SQLITE_FILE = 'frontdesk.db';
/** How long SQLite waits for another process (a backup, the CLI) that holds the write lock. It stalls the relay meanwhile. */
const BUSY_MS = 2_000;
/** Pages of 4 KiB in the WAL before they go into the file: 8 MiB, which a start after a kill has to read. */
const CHECKPOINT_PAGES = 2_048;
const SYNCHRONOUS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

/** Opens (and makes, and migrates) the SQLite file in `dataDir`. Throws `StoreOpenError`. */
export async function openSqlite(dataDir: string): Promise<Persistence> {
  const file = join(dataDir, SQLITE_FILE);
  try {
    makeFolder(dataDir);
    const writer = new Database(file);
    setUp(writer);
    await migrateFile(writer);
    const reader = new Database(file, { readonly: true });
    reader.pragma(`busy_timeout = ${BUSY_MS}`);
    return persistence(writer, reader);
  } catch (error) {
    throw openError(file, error);
  }
}

function setUp(writer: Database.Database): void {
  writer.pragma(`busy_timeout = ${BUSY_MS}`);
  writer.pragma('journal_mode = WAL');
  /* better-sqlite3 is built to fall back to NORMAL in WAL mode, where a power cut loses acknowledged messages. */
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = OFF');
  /* Every commit touches a few pages of each conversation it writes to. With the default of 1,000 pages a busy relay
     would copy them into the file, with two more fsyncs, after every second commit. */
  writer.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  writer.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  if (synchronous(writer) !== 'FULL') throw new StoreOpenError('SQLite did not accept synchronous=FULL.');
}

function synchronous(writer: Database.Database): string {
  return SYNCHRONOUS[Number(writer.pragma('synchronous', { simple: true }))] ?? 'unknown';
}

async function migrateFile(writer: Database.Database): Promise<void> {
  writer.exec('BEGIN IMMEDIATE');
  try {
    await migrate(
      {
        run: async (sql) => void writer.exec(sql),
        applied: async () => writer.prepare('select name from frontdesk_migrations').pluck().all() as string[],
        record: async (name) =>
          void writer.prepare("insert into frontdesk_migrations values (?, datetime('now'))").run(name),
      },
      sqliteMigrations,
    );
    writer.exec('COMMIT');
  } catch (error) {
    if (writer.inTransaction) writer.exec('ROLLBACK');
    throw error;
  }
}

function persistence(writer: Database.Database, reader: Database.Database): Persistence {
  const cached = statementCache<Database.Statement, Database.Database>(writer);
  const db = drizzle({ client: cached }) as unknown as Db;
  const read = drizzle({ client: statementCache(reader) }) as unknown as Db;
  const statement = (sql: string) => writer.prepare(sql);
  const [begin, commit, rollback] = [statement('BEGIN IMMEDIATE'), statement('COMMIT'), statement('ROLLBACK')];
  const [mark, release, undo] = [statement('SAVEPOINT w'), statement('RELEASE w'), statement('ROLLBACK TO w')];
  /* One writer connection: transactions stand in line behind this promise. */
  let tail: Promise<unknown> = Promise.resolve();

  async function transact<T>(fn: (db: Db) => Promise<T>): Promise<T> {
    try {
      begin.run();
      const result = await fn(db);
      commit.run();
      return result;
    } catch (error) {
      if (writer.inTransaction) rollback.run();
      throw translate(error);
    }
  }

  return {
    dialect: 'sqlite',
    exclusive: true,
    t: schema,
    read,
    tx(fn) {
      const done = tail.then(() => transact(fn));
      tail = done.catch(() => {});
      return done;
    },
    async savepoint(_db, fn) {
      mark.run();
      try {
        const result = await fn();
        release.run();
        return result;
      } catch (error) {
        /* A full disk makes SQLite give up the whole transaction by itself. */
        if (writer.inTransaction) {
          undo.run();
          release.run();
        }
        throw error;
      }
    },
    endsTransaction: (_db, error) => !writer.inTransaction || isUnwritable(error),
    async insertRows(_db, table, rows) {
      const into = insertion(table);
      const insert = cached.prepare(into.sql);
      for (const row of rows) insert.run(driverValues(into, row));
    },
    lockNames: async () => {},
    durability: async () => `synchronous=${synchronous(writer)}`,
    async close() {
      await tail;
      reader.close();
      writer.close();
    },
  };
}

function openError(file: string, error: unknown): StoreOpenError {
  if (error instanceof StoreOpenError) return error;
  const code = engineCode(error) ?? '';
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new StoreOpenError(`${file} is damaged or not a database; restore a backup or move it away.`, error);
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new StoreOpenError(`${file} is in use by another process.`, error);
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new StoreOpenError(`The disk of ${file} is full; make room and start again.`, error);
  }
  return new StoreOpenError(
    `${file} cannot be opened for writing (${code || (error as Error).message}); check that DATA_DIR exists and belongs to the user who runs the relay.`,
    error,
  );
}

/** What is there at one moment, read while others write; nothing is made or changed. Throws `StoreOpenError`. */
export async function snapshotSqlite<T>(dataDir: string, fn: (line: RawLine) => Promise<T>): Promise<T> {
  const file = join(dataDir, SQLITE_FILE);
  if (!existsSync(file)) throw new StoreOpenError(`There is no ${file}; check DATA_DIR.`);
  let connection: Database.Database | undefined;
  try {
    connection = new Database(file, { readonly: true });
    connection.pragma(`busy_timeout = ${BUSY_MS}`);
    connection.exec('begin');
    return await fn(rawSqlite(connection));
  } catch (error) {
    throw engineCode(error)?.startsWith('SQLITE_') ? openError(file, error) : error;
  } finally {
    connection?.close();
  }
}

/** Whether `dataDir` has a store. */
export const hasSqlite = (dataDir: string): boolean => existsSync(join(dataDir, SQLITE_FILE));

/**
 * Makes a store anew in the place of the one there: `fn` fills it, and only when it is whole and on the disk does it
 * take the name. Throws `StoreOpenError`, also when a relay runs on the store that is there.
 */
export async function replaceSqlite(dataDir: string, fn: (line: RawLine) => Promise<void>): Promise<void> {
  const file = join(dataDir, SQLITE_FILE);
  const draft = `${file}.restoring`;
  makeFolder(dataDir);
  const held = existsSync(file) ? hold(file) : undefined;
  rmSync(draft, { force: true });
  try {
    const connection = new Database(draft);
    try {
      // A draft needs no journal: until it is renamed, nobody reads it.
      connection.pragma('journal_mode = OFF');
      connection.pragma('synchronous = OFF');
      connection.exec('begin');
      await fn(rawSqlite(connection));
      connection.exec('commit');
    } finally {
      connection.close();
    }
    chmodSync(draft, 0o600);
    sync(draft);
    held?.close();
    for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
    renameSync(draft, file);
    sync(dataDir);
  } catch (error) {
    held?.close();
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Keeps a store for oneself, so that no relay starts on it meanwhile, and one that runs is noticed. */
function hold(file: string): Database.Database | undefined {
  let connection: Database.Database | undefined;
  try {
    connection = new Database(file, { timeout: 0 });
    connection.pragma('journal_mode = DELETE');
    connection.exec('begin exclusive');
    return connection;
  } catch (error) {
    connection?.close();
    if (engineCode(error)?.startsWith('SQLITE_BUSY'))
      throw new StoreOpenError(`A relay runs on ${file}; stop it first.`, error);
    // A damaged store is what backups are restored for.
    return undefined;
  }
}

/** Brings a file, or the names in a folder, to the disk; Windows does the latter by itself. */
function sync(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
