import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CommitQueue, createCommitQueue } from './commit-queue.ts';
import { createLazyWrites } from './lazy-writes.ts';
import type { Db, Persistence } from './persistence.ts';

/** Group commit and lazy writes, over any engine. */
export function commitQueueContract(
  name: string,
  open: () => Promise<{ store: Persistence; remove(): Promise<void> }>,
): void {
  describe(`commit queue on ${name}`, () => {
    let store: Persistence;
    let remove: () => Promise<void>;
    let queue: CommitQueue;

    beforeAll(async () => {
      ({ store, remove } = await open());
    });
    beforeEach(async () => {
      queue = createCommitQueue(store);
      await store.tx(async (db) => {
        await db.delete(store.t.meta);
        await db.delete(store.t.siteChanges);
      });
    });
    afterAll(async () => {
      await store?.close();
      await remove?.();
    });

    const insert = async (db: Db, key: string) => void (await db.insert(store.t.meta).values({ key, value: key }));
    const keys = async () =>
      (await store.read.select().from(store.t.meta).orderBy(store.t.meta.key)).map((row) => row.key);
    const add = (key: string) => queue.submit({ key, run: (db) => insert(db, key) });

    test('what is submitted together is committed together, and in order', async () => {
      const order: string[] = [];
      await Promise.all(
        ['c', 'a', 'b'].map((key) =>
          queue.submit({
            key,
            async run(db) {
              order.push(key);
              await insert(db, key);
            },
          }),
        ),
      );
      expect(order).toEqual(['c', 'a', 'b']);
      expect(await keys()).toEqual(['a', 'b', 'c']);
      expect(queue.counts).toEqual({ batches: 1, writes: 3 });
    });

    test('what comes while a transaction runs makes the next one', async () => {
      let late: Promise<void> | undefined;
      await queue.submit({
        key: 'a',
        async run(db) {
          late ??= add('late');
          await insert(db, 'a');
        },
      });
      await late;
      expect(queue.counts).toEqual({ batches: 2, writes: 2 });
    });

    test('a batch has a bound', async () => {
      queue = createCommitQueue(store, { maxBatch: 2 });
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add));
      expect(queue.counts).toEqual({ batches: 3, writes: 5 });
    });

    test('a promise resolves only after the commit', async () => {
      await add('a');
      expect(await keys()).toEqual(['a']);
    });

    test('one that throws is undone alone and tells its own error', async () => {
      const results = await Promise.allSettled([
        add('a'),
        queue.submit({
          key: 'bad',
          async run(db) {
            await insert(db, 'bad');
            throw new Error('no');
          },
        }),
        /* A failing statement must not poison the ones after it. */
        add('a'),
        add('b'),
      ]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      expect(results[1]).toMatchObject({ reason: { message: 'no' } });
      expect(await keys()).toEqual(['a', 'b']);
      expect(queue.counts.batches).toBe(1);
    });

    test('hooks run once, in order, after the commit; those of a write that was undone never', async () => {
      const said: string[] = [];
      let seen: string[] = [];
      const write = (key: string, fails: boolean) =>
        queue.submit({
          key,
          async run(db, batch) {
            await insert(db, key);
            batch.afterCommit(() => said.push(key));
            if (fails) throw new Error('no');
          },
        });
      await Promise.allSettled([
        write('a', false).then(async () => {
          seen = [...said];
        }),
        write('b', true),
        write('c', false),
      ]);
      expect(said).toEqual(['a', 'c']);
      expect(seen).toEqual(['a', 'c']);
    });

    test('a hook that throws is reported and takes nobody along', async () => {
      const faults: unknown[] = [];
      queue = createCommitQueue(store, { onFault: (error) => faults.push(error) });
      let ran = false;
      await queue.submit({
        key: 'a',
        async run(_db, batch) {
          batch.afterCommit(() => {
            throw new Error('hook');
          });
          batch.afterCommit(() => {
            ran = true;
          });
        },
      });
      expect(faults).toHaveLength(1);
      expect(ran).toBe(true);
    });

    test('a finisher runs once per key, before the commit, and sees the notes of all writes that stand', async () => {
      const { siteChanges } = store.t;
      const announced: number[] = [];
      const write = (fails: boolean) =>
        queue.submit({
          key: 's',
          async run(_db, batch) {
            batch.set('count', (batch.get<number>('count') ?? 0) + 1);
            batch.finish('site', async (db) => {
              const no = batch.get<number>('count') ?? 0;
              await db.insert(siteChanges).values({ siteId: 's', no });
              batch.afterCommit(() => announced.push(no));
            });
            if (fails) throw new Error('no');
          },
        });
      await Promise.allSettled([write(true), write(false), write(true), write(false)]);
      expect(await store.read.select().from(siteChanges)).toEqual([{ siteId: 's', no: 2 }]);
      expect(announced).toEqual([2]);
    });

    test('a finisher of writes that were all undone does not run', async () => {
      let ran = false;
      const write = queue.submit({
        key: 's',
        async run(_db, batch) {
          batch.finish('site', async () => {
            ran = true;
          });
          throw new Error('no');
        },
      });
      await expect(write).rejects.toThrow('no');
      expect(ran).toBe(false);
    });

    test('a finisher that fails harms only the writes that asked for it', async () => {
      const bad = queue.submit({
        key: 's',
        async run(db, batch) {
          await insert(db, 'bad');
          batch.finish('site', async () => {
            throw new Error('finish');
          });
        },
      });
      const results = await Promise.allSettled([add('a'), bad, add('b')]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await keys()).toEqual(['a', 'b']);
    });

    test('one that only reads needs no savepoint: when it throws, the others stand', async () => {
      const later = (key: string, fails: boolean) =>
        queue.submit({
          key,
          readsOnly: true,
          async run(db, batch) {
            await db.select().from(store.t.meta);
            batch.finish(key, (inner) => insert(inner, key));
            if (fails) throw new Error('no');
          },
        });
      const results = await Promise.allSettled([later('a', false), later('b', true), later('c', false)]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await keys()).toEqual(['a', 'c']);
      expect(queue.counts.batches).toBe(1);
    });

    test('the one to blame is found by halves, so that few of the others commit alone', async () => {
      const write = (n: number) =>
        queue.submit({
          key: `${n}`,
          readsOnly: true,
          async run(_db, batch) {
            batch.finish(`${n}`, async (db) => {
              await insert(db, `${n}`);
              if (n === 37) throw new Error('finish');
            });
          },
        });
      const results = await Promise.allSettled(Array.from({ length: 64 }, (_, n) => write(n)));
      expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1);
      expect(results[37]?.status).toBe('rejected');
      expect(await keys()).toHaveLength(63);
      expect(queue.counts).toEqual({ batches: 6, writes: 63 });
    });

    test('drained: nothing waits and nothing runs', async () => {
      const done: string[] = [];
      void add('a').then(() => done.push('a'));
      void add('b').then(() => done.push('b'));
      expect(queue.waiting()).toBe(2);
      await queue.drained();
      expect(done).toEqual(['a', 'b']);
      await queue.drained();
    });

    test('lazy writes: the last of a key alone is written, once flushed', async () => {
      const lazy = createLazyWrites(queue, { everyMs: 60_000 });
      const { siteChanges } = store.t;
      let ran = 0;
      for (const no of [1, 2, 3]) {
        lazy.put('mark', async (db) => {
          ran += 1;
          await db
            .insert(siteChanges)
            .values({ siteId: 's', no })
            .onConflictDoUpdate({ target: siteChanges.siteId, set: { no: sql`${no}` } });
        });
      }
      expect(ran).toBe(0);
      await lazy.flush();
      expect(await store.read.select().from(siteChanges)).toEqual([{ siteId: 's', no: 3 }]);
      expect(ran).toBe(1);
      await lazy.close();
    });

    test('lazy writes: one that fails is reported and the others are written', async () => {
      const faults: unknown[] = [];
      const lazy = createLazyWrites(queue, { everyMs: 60_000, onFault: (error) => faults.push(error) });
      lazy.put('a', (db) => insert(db, 'a'));
      lazy.put('b', async () => {
        throw new Error('no');
      });
      lazy.put('c', (db) => insert(db, 'c'));
      await lazy.close();
      expect(await keys()).toEqual(['a', 'c']);
      expect(faults).toHaveLength(1);
    });

    test('lazy writes go out by themselves', async () => {
      const lazy = createLazyWrites(queue, { everyMs: 5 });
      await new Promise<void>((resolve) => lazy.put('a', (db) => insert(db, 'a').then(resolve)));
      await queue.drained();
      expect(await keys()).toEqual(['a']);
    });
  });
}
