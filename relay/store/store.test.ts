import { afterAll } from 'vitest';
import { freshDatabase, stopSharedPostgres } from '../testing/postgres.ts';
import { makeTempDir } from '../testing/temp-dir.ts';
import { commitQueueContract } from './commit-queue.contract.ts';
import { openStore } from './persistence.ts';
import { storeContract } from './store.contract.ts';

async function onSqlite() {
  const dir = makeTempDir();
  return { store: await openStore({ dataDir: dir.path }), remove: async () => dir.remove() };
}

async function onPostgres() {
  const { url, drop } = await freshDatabase();
  return { store: await openStore({ databaseUrl: url, dataDir: '' }), remove: drop };
}

afterAll(stopSharedPostgres);

storeContract('SQLite', onSqlite);
storeContract('Postgres', onPostgres);
commitQueueContract('SQLite', onSqlite);
commitQueueContract('Postgres', onPostgres);
