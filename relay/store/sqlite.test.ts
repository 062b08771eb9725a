import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { tempDir } from '../testing/temp-dir.ts';
import { createCommitQueue } from './commit-queue.ts';
import { epochOf } from './epoch.ts';
import { StoreOpenError } from './errors.ts';
import { createLazyWrites } from './lazy-writes.ts';
import { openStore, type Persistence } from './persistence.ts';
import { SQLITE_FILE } from './sqlite.ts';

async function opened(dataDir: string): Promise<Persistence> {
  return openStore({ dataDir });
}

const refusal = (dataDir: string) =>
  opened(dataDir).then(
    () => null,
    (error: unknown) => (error instanceof StoreOpenError ? error.says : error),
  );

test('a store that is opened again is as it was', async () => {
  const dir = join(tempDir(), 'made', 'by', 'opening');
  const first = await opened(dir);
  const epoch = await epochOf(first);
  await first.close();
  const second = await opened(dir);
  expect(await epochOf(second)).toBe(epoch);
  await second.close();
});

test('reads go on while another process holds the file; writes say not-stored, and resume by themselves', async () => {
  const dir = tempDir();
  const store = await opened(dir);
  const queue = createCommitQueue(store);
  const lazy = createLazyWrites(queue, { everyMs: 60_000 });
  const put = (key: string) =>
    queue.submit({ key, run: async (db) => void (await db.insert(store.t.meta).values({ key, value: '' })) });
  const other = new Database(join(dir, SQLITE_FILE));
  other.exec('BEGIN IMMEDIATE');
  lazy.put('lazy', async (db) => void (await db.insert(store.t.meta).values({ key: 'lazy', value: '' })));
  const [first, second] = await Promise.allSettled([put('a'), put('b'), lazy.flush()]);
  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'not-stored' } });
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'not-stored' } });
  expect(await store.read.select().from(store.t.meta)).toEqual([]);
  other.exec('ROLLBACK');
  other.close();
  await put('a');
  await lazy.close();
  const rows = await store.read.select().from(store.t.meta);
  expect(rows.map((row) => row.key).sort()).toEqual(['a', 'lazy']);
  await store.close();
});

test('reading cannot write', async () => {
  const store = await opened(tempDir());
  const write = async () => await store.read.insert(store.t.meta).values({ key: 'a', value: '' });
  await expect(write()).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
  await store.close();
});

test('a file that is no database is named', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, SQLITE_FILE), 'no database at all, but long enough to have a header of its own'.repeat(10));
  expect(await refusal(dir)).toContain('is damaged or not a database');
});

test('a data directory that cannot be is named', async () => {
  const file = join(tempDir(), 'file');
  writeFileSync(file, '');
  expect(await refusal(join(file, 'data'))).toContain('check that DATA_DIR exists');
  const dir = tempDir();
  mkdirSync(join(dir, SQLITE_FILE));
  expect(await refusal(dir)).toContain('check that DATA_DIR exists');
});
