import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../testing/postgres.ts';
import { createCommitQueue } from './commit-queue.ts';
import { CommitUnsureError, StoreOpenError } from './errors.ts';
import { openStore, type Persistence } from './persistence.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
  await (await opened(server.url)).close();
});
afterAll(() => server?.stop());

function opened(databaseUrl: string): Promise<Persistence> {
  return openStore({ databaseUrl, dataDir: '' });
}

/** A line to the server that can be cut: when a client's bytes hold `word`, they are passed on or not, and it breaks. */
async function cuttable(url: string) {
  const target = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  let cut: { word: string; passOn: boolean } | null = null;
  const proxy = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on('data', (bytes) => client.write(bytes));
    client.on('data', (bytes) => {
      if (cut === null || !bytes.includes(cut.word)) {
        upstream.write(bytes);
        return;
      }
      if (cut.passOn) upstream.end(bytes);
      else upstream.destroy();
      cut = null;
      client.destroy();
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const cutUrl = new URL(url);
  cutUrl.port = String((proxy.address() as AddressInfo).port);
  return {
    url: cutUrl.href,
    cutAt(word: string, passOn: boolean) {
      cut = { word, passOn };
    },
    close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

const has = async (store: Persistence, key: string) =>
  (await store.read.select().from(store.t.meta).where(eq(store.t.meta.key, key))).length === 1;
const put = async (store: Persistence, key: string) =>
  store.tx(async (db) => void (await db.insert(store.t.meta).values({ key, value: '' })));

test.each([
  { passOn: true, stored: true },
  { passOn: false, stored: false },
])('a line that breaks during COMMIT is unsure, whether it arrived ($passOn) or not', async ({ passOn, stored }) => {
  const line = await cuttable(server.url);
  const store = await opened(line.url);
  const queue = createCommitQueue(store, { onUnsure: () => unsure++ });
  let unsure = 0;
  const key = `commit-${passOn}`;
  /* With its end mark: `synchronous_commit` goes by before. */
  line.cutAt('commit\0', passOn);
  const write = queue.submit({
    key,
    run: async (db) => {
      await db.insert(store.t.meta).values({ key, value: '' });
    },
  });
  await expect(write).rejects.toBeInstanceOf(CommitUnsureError);
  expect(unsure).toBe(1);
  if (stored) await expect.poll(() => has(store, key)).toBe(true);
  else expect(await has(store, key)).toBe(false);
  await store.close();
  line.close();
});

test('a line that breaks before COMMIT stores nothing and says so for every write of the batch', async () => {
  const line = await cuttable(server.url);
  const store = await opened(line.url);
  const queue = createCommitQueue(store);
  line.cutAt('meta', false);
  const writes = ['x', 'y'].map((key) =>
    queue.submit({ key, run: async (db) => void (await db.insert(store.t.meta).values({ key, value: '' })) }),
  );
  for (const result of await Promise.allSettled(writes)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'not-stored' } });
  }
  expect(await has(store, 'x')).toBe(false);
  await put(store, 'x');
  expect(await has(store, 'x')).toBe(true);
  await store.close();
  line.close();
});

test('a server that goes away and comes back is no end of the relay', async () => {
  const store = await opened(server.url);
  await put(store, 'before');
  await server.crash();
  await expect(put(store, 'during')).rejects.toMatchObject({ code: 'not-stored' });
  await server.start();
  await put(store, 'after');
  expect(await has(store, 'before')).toBe(true);
  expect(await has(store, 'during')).toBe(false);
  await store.close();
});

test('transactions that take rows in opposite orders are both carried through', async () => {
  const store = await opened(server.url);
  await put(store, 'one');
  await put(store, 'two');
  const touch = (keys: string[], value: string) =>
    store.tx(async (db) => {
      for (const key of keys) {
        await db.update(store.t.meta).set({ value }).where(eq(store.t.meta.key, key));
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    });
  await Promise.all([touch(['one', 'two'], 'a'), touch(['two', 'one'], 'b')]);
  const rows = await store.read.select().from(store.t.meta).where(eq(store.t.meta.key, 'one'));
  expect(['a', 'b']).toContain(rows[0]?.value);
  await store.close();
});

test('an error that was swallowed does not pass for a commit', async () => {
  const store = await opened(server.url);
  await put(store, 'taken');
  const swallowing = store.tx(async (db) => {
    await db.insert(store.t.meta).values({ key: 'lost', value: '' });
    await Promise.resolve(db.insert(store.t.meta).values({ key: 'taken', value: '' })).catch(() => {});
  });
  await expect(swallowing).rejects.toThrow('failed before its commit');
  await store.close();
});

test('a character that Postgres cannot keep is the sender’s fault, and final', async () => {
  const store = await opened(server.url);
  await expect(put(store, 'nul\u0000')).rejects.toMatchObject({ code: 'bad-field' });
  await store.close();
});

test('relays that start together migrate one after the other', async () => {
  const own = await startPostgres();
  const stores = await Promise.all([opened(own.url), opened(own.url), opened(own.url)]);
  await Promise.all(stores.map((store) => store.close()));
  await own.stop();
});

test.each([
  ['postgres://nobody@127.0.0.1:1/x', 'Postgres cannot be reached at 127.0.0.1:1 (ECONNREFUSED).'],
  ['missing', 'has no database of the name in DATABASE_URL'],
])('a database that cannot be opened is named (%s)', async (url, says) => {
  const at = url === 'missing' ? server.url.replace(/postgres$/, 'missing') : url;
  const error = await opened(at).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StoreOpenError);
  expect((error as StoreOpenError).says).toContain(says);
});
