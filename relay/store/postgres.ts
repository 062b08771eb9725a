import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { FrontdeskError } from '../protocol/errors.ts';
import { CommitUnsureError, engineCode, isUnwritable, notStored, StoreOpenError, translate } from './errors.ts';
import { driverValues, insertion } from './insertion.ts';
import { migrate } from './migrate.ts';
import { pgMigrations } from './migrations.ts';
import type { Db, Persistence } from './persistence.ts';
import type { RawLine } from './raw-line.ts';
import { rawPostgres } from './raw-postgres.ts';
import { schema } from './schema-pg.ts';

/** Serialisation failure and deadlock: the transaction is run again. */
const RETRIED = new Set(['40001', '40P01']);
const TRIES = 6;
/** Rows of one insertion; Postgres takes 65,535 parameters at most. */
const ROWS_AT_ONCE = 500;
/** Any number of ours: relays that start together migrate one after the other. */
const MIGRATION_LOCK = 5_487_302_117;
/** What our connections are called at the server: those of a relay, and those that have one thing to do. */
const RELAY = 'frontdesk';
const ALONE = 'frontdesk-alone';
/* Set with each BEGIN, so that no role's or server's default can weaken an acknowledged commit. */
const BEGIN = 'begin; set local synchronous_commit = on';

/** Opens (and migrates) a Postgres database. Throws `StoreOpenError`. */
export async function openPostgres(url: string): Promise<Persistence> {
  let pool: pg.Pool | undefined;
  try {
    pool = new pg.Pool({
      connectionString: url,
      max: 10,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
      keepAlive: true,
      application_name: RELAY,
    });
    /* An idle connection that breaks is replaced at the next use; without a listener it would end the process. */
    pool.on('error', () => {});
    await migratePool(pool);
    return persistence(pool);
  } catch (error) {
    await pool?.end().catch(() => {});
    throw openError(url, error);
  }
}

async function migratePool(pool: pg.Pool): Promise<void> {
  await withClient(pool, async (client) => {
    await client.query(BEGIN);
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await migrate(
      {
        run: async (sql) => void (await client.query(sql)),
        applied: async () =>
          (await client.query<{ name: string }>('select name from frontdesk_migrations')).rows.map((row) => row.name),
        record: async (name) =>
          void (await client.query('insert into frontdesk_migrations values ($1, now()::text)', [name])),
      },
      pgMigrations,
    );
    await client.query('commit');
  });
}

/** Connections whose line broke; nothing more can be done on them. */
const broken = new WeakSet<pg.PoolClient>();

/** A connection of the pool for one transaction; one that broke or could not be rolled back is thrown away. */
async function withClient<T>(pool: pg.Pool, fn: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error) => {
    throw notStored(error);
  });
  const onBroken = () => void broken.add(client);
  client.on('error', onBroken);
  try {
    return await fn(client);
  } catch (error) {
    if (isLineError(error)) onBroken();
    if (broken.has(client)) throw error instanceof CommitUnsureError ? error : notStored(error);
    await client.query('rollback').catch(onBroken);
    throw error;
  } finally {
    client.off('error', onBroken);
    client.release(broken.has(client));
  }
}

/** Whether the driver gave up a query without an answer of the server (a lost line, a time limit); it has no code then. */
function isLineError(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : null;
  return cause instanceof Error && !(cause instanceof pg.DatabaseError) && !(cause instanceof TypeError);
}

async function commit(client: pg.PoolClient): Promise<void> {
  if (broken.has(client)) throw notStored(new Error('The line broke before the commit.'));
  let result: pg.QueryResult;
  try {
    result = await client.query('commit');
  } catch (error) {
    const refused = error instanceof pg.DatabaseError && !isUnwritable(error);
    throw refused ? error : new CommitUnsureError(error);
  }
  /* After an error that was swallowed, COMMIT quietly rolls back. */
  if (result.command !== 'COMMIT') throw new Error('The transaction had failed before its commit.');
}

function persistence(pool: pg.Pool): Persistence {
  const dbs = new WeakMap<pg.PoolClient, Db>();
  const clients = new WeakMap<Db, pg.PoolClient>();
  /** Savepoints that are done and still to be released, by connection. */
  const unreleased = new WeakMap<pg.PoolClient, number>();
  const dbOf = (client: pg.PoolClient): Db => {
    const known = dbs.get(client);
    if (known !== undefined) return known;
    const fresh = drizzle({ client }) as unknown as Db;
    dbs.set(client, fresh);
    clients.set(fresh, client);
    return fresh;
  };
  const clientOf = (db: Db): pg.PoolClient => {
    const client = clients.get(db);
    if (client === undefined) throw new Error('This Db is not of a transaction.');
    return client;
  };

  function once<T>(fn: (db: Db) => Promise<T>): Promise<T> {
    return withClient(pool, async (client) => {
      await client.query(BEGIN);
      unreleased.set(client, 0);
      const result = await fn(dbOf(client));
      await commit(client);
      return result;
    });
  }

  return {
    dialect: 'pg',
    exclusive: false,
    t: schema,
    read: drizzle({ client: pool }) as unknown as Db,
    async tx(fn) {
      for (let left = TRIES; ; left -= 1) {
        try {
          return await once(fn);
        } catch (error) {
          if (left <= 1 || !RETRIED.has(engineCode(error) ?? '')) throw translate(error);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * (TRIES - left + 1)));
        }
      }
    },
    async savepoint(db, fn) {
      const client = clientOf(db);
      /* What is done is released together with the next statement: one way to the server less for each write. */
      const released = () => {
        const text = 'release savepoint w; '.repeat(unreleased.get(client) ?? 0);
        unreleased.set(client, 0);
        return text;
      };
      await client.query(`${released()}savepoint w`);
      try {
        const result = await fn();
        unreleased.set(client, (unreleased.get(client) ?? 0) + 1);
        return result;
      } catch (error) {
        /* On a lost line this fails too; what matters is the first error. */
        await client.query(`${released()}rollback to savepoint w; release savepoint w`).catch(() => {});
        throw translate(error);
      }
    },
    endsTransaction: (db, error, unguarded = false) =>
      (unguarded && engineCode(error) !== null && !(error instanceof FrontdeskError)) ||
      broken.has(clientOf(db)) ||
      isLineError(error) ||
      isUnwritable(error) ||
      RETRIED.has(engineCode(error) ?? ''),
    async insertRows(db, table, rows) {
      const into = insertion(table);
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        const some = rows.slice(at, at + ROWS_AT_ONCE);
        let place = 0;
        const tuples = some.map(() => `(${into.columns.map(() => `$${++place}`).join(', ')})`);
        await clientOf(db).query(
          into.into + tuples.join(', '),
          some.flatMap((row) => driverValues(into, row)),
        );
      }
    },
    async lockNames(db, names) {
      await clientOf(db).query(
        `select pg_advisory_xact_lock(k) from
           (select distinct hashtextextended(name, 0) as k from unnest($1::text[]) as name order by k) as sorted`,
        [names],
      );
    },
    durability: () =>
      withClient(pool, async (client) => {
        await client.query(BEGIN);
        const { rows } = await client.query<{ synchronous_commit: string }>('show synchronous_commit');
        await client.query('commit');
        return `synchronous_commit=${rows[0]?.synchronous_commit ?? 'unknown'}`;
      }),
    close: () => pool.end(),
  };
}

/** One connection for one transaction that is begun by `begin`. Throws `StoreOpenError` where there is no way to it. */
async function alone<T>(url: string, begin: string, fn: (line: RawLine) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: ALONE });
  client.on('error', () => {});
  await client.connect().catch((error) => {
    throw openError(url, error);
  });
  try {
    await client.query(begin);
    const result = await fn(rawPostgres(client));
    await client.query('commit');
    return result;
  } finally {
    await client.end().catch(() => {});
  }
}

/** What is there at one moment, read while others write; nothing is made or changed. Throws `StoreOpenError`. */
export const snapshotPostgres = <T>(url: string, fn: (line: RawLine) => Promise<T>): Promise<T> =>
  alone(url, 'begin isolation level repeatable read, read only', fn);

/** Whether the database has a store. Throws `StoreOpenError`. */
export const hasPostgres = (url: string): Promise<boolean> =>
  alone(url, 'begin', async (line) => {
    const [[found] = []] = await line.ask("select to_regclass('frontdesk_migrations') is not null");
    return found === true;
  });

/**
 * Makes a store anew in the place of the one there: `tables` are dropped, `fn` fills what it makes, all in one
 * transaction. Throws `StoreOpenError`, also when a relay runs on the database.
 */
export const replacePostgres = (
  url: string,
  tables: readonly string[],
  fn: (line: RawLine) => Promise<void>,
): Promise<void> =>
  alone(url, BEGIN, async (line) => {
    await line.ask(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const relays = await line.ask(
      `select 1 from pg_stat_activity where datname = current_database() and application_name = '${RELAY}'`,
    );
    if (relays.length > 0) throw new StoreOpenError('A relay runs on the database of DATABASE_URL; stop it first.');
    for (const name of tables) await line.run(`drop table if exists "${name}"`);
    await fn(line);
  });

function openError(url: string, error: unknown): StoreOpenError {
  if (error instanceof StoreOpenError) return error;
  const code = engineCode(error instanceof Error && error.cause instanceof Error ? error.cause : error) ?? '';
  const where = URL.canParse(url) ? new URL(url).host : 'the address in DATABASE_URL';
  if (code === '28P01' || code === '28000') {
    return new StoreOpenError(`Postgres at ${where} refuses the user name or password in DATABASE_URL.`, error);
  }
  if (code === '3D000') {
    return new StoreOpenError(
      `Postgres at ${where} has no database of the name in DATABASE_URL; create it first.`,
      error,
    );
  }
  if (code === '42501') {
    return new StoreOpenError(`The user in DATABASE_URL may not make tables at ${where}; grant it the right.`, error);
  }
  return new StoreOpenError(`Postgres cannot be reached at ${where} (${code || (error as Error).message}).`, error);
}
