import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FrontdeskError } from '../protocol/errors.ts';
import { isUniqueConflict } from './errors.ts';
import type { Db, Persistence } from './persistence.ts';
import { prepared } from './prepared.ts';

/** What any engine has to do; `open` gives an empty store at every call. */
export function storeContract(
  name: string,
  open: () => Promise<{ store: Persistence; remove(): Promise<void> }>,
): void {
  describe(`store on ${name}`, () => {
    let store: Persistence;
    let remove: () => Promise<void>;

    beforeAll(async () => {
      ({ store, remove } = await open());
    });
    beforeEach(async () => {
      await store.tx(async (db) => {
        for (const table of [store.t.meta, store.t.siteChanges, store.t.files, store.t.sites, store.t.events]) {
          await db.delete(table);
        }
      });
    });
    afterAll(async () => {
      await store?.close();
      await remove?.();
    });

    const keys = async () =>
      (await store.read.select().from(store.t.meta).orderBy(store.t.meta.key)).map((row) => row.key);

    test('an acknowledged commit is on the disk: the setting is read from the live connection', async () => {
      expect(await store.durability()).toBe(store.dialect === 'pg' ? 'synchronous_commit=on' : 'synchronous=FULL');
    });

    test('what a transaction wrote is there after it, and nothing of one that threw', async () => {
      await store.tx(async (db) => {
        await db.insert(store.t.meta).values({ key: 'a', value: '1' });
      });
      const failing = store.tx(async (db) => {
        await db.insert(store.t.meta).values({ key: 'b', value: '1' });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await keys()).toEqual(['a']);
    });

    test('a savepoint that throws takes back its own writes alone', async () => {
      await store.tx(async (db) => {
        await db.insert(store.t.meta).values({ key: 'a', value: '1' });
        const inner = store.savepoint(db, async () => {
          await db.insert(store.t.meta).values({ key: 'b', value: '1' });
          await store.savepoint(db, async () => {
            await db.insert(store.t.meta).values({ key: 'c', value: '1' });
          });
          throw new Error('no');
        });
        await expect(inner).rejects.toThrow('no');
        await store.savepoint(db, async () => {
          await db.insert(store.t.meta).values({ key: 'd', value: '1' });
        });
      });
      expect(await keys()).toEqual(['a', 'd']);
    });

    test('savepoints in savepoints, kept and undone in turns', async () => {
      const put = (db: Db, key: string) => db.insert(store.t.meta).values({ key, value: '' });
      const attempt = (db: Db, fails: boolean, fn: () => Promise<void>) =>
        store
          .savepoint(db, async () => {
            await fn();
            if (fails) throw new Error('no');
          })
          .catch(() => {});
      await store.tx(async (db) => {
        await attempt(db, false, async () => {
          await put(db, 'a');
          await attempt(db, false, async () => void (await put(db, 'b')));
          await attempt(db, true, async () => void (await put(db, 'c')));
        });
        await attempt(db, true, async () => {
          await put(db, 'd');
          await attempt(db, false, async () => void (await put(db, 'e')));
          await attempt(db, false, async () => void (await put(db, 'f')));
        });
        await attempt(db, false, async () => void (await put(db, 'g')));
        await attempt(db, true, async () => void (await put(db, 'a')));
        await attempt(db, false, async () => void (await put(db, 'h')));
      });
      expect(await keys()).toEqual(['a', 'b', 'g', 'h']);
    });

    test('a row refused by a unique index is told as such, and the transaction goes on', async () => {
      await store.tx(async (db) => {
        await db.insert(store.t.meta).values({ key: 'a', value: '1' });
        const again = store.savepoint(db, async () => {
          await db.insert(store.t.meta).values({ key: 'a', value: '2' });
        });
        const error = await again.catch((caught: unknown) => caught);
        expect(isUniqueConflict(error)).toBe(true);
        expect(store.endsTransaction(db, error)).toBe(false);
        await db.insert(store.t.meta).values({ key: 'b', value: '1' });
      });
      expect(await keys()).toEqual(['a', 'b']);
    });

    test('parallel transactions on one row line up', async () => {
      const { siteChanges } = store.t;
      await store.tx(async (db) => void (await db.insert(siteChanges).values({ siteId: 's', no: 0 })));
      const seen = await Promise.all(
        Array.from({ length: 20 }, () =>
          store.tx(async (db) => {
            const [row] = await db
              .update(siteChanges)
              .set({ no: sql`${siteChanges.no} + 1` })
              .where(eq(siteChanges.siteId, 's'))
              .returning({ no: siteChanges.no });
            return row?.no;
          }),
        ),
      );
      expect(seen.sort((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    });

    test('locked names let only one transaction through at a time', async () => {
      let inside = 0;
      let most = 0;
      const names = ['b', 'a', 'c'];
      await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          store.tx(async (db) => {
            await store.lockNames(db, i % 2 === 0 ? names : [...names].reverse());
            inside += 1;
            most = Math.max(most, inside);
            await new Promise((resolve) => setTimeout(resolve, 5));
            inside -= 1;
          }),
        ),
      );
      expect(most).toBe(1);
    });

    test('rows inserted at once stand as they were given, null for null', async () => {
      const at = new Date('2026-09-01T12:00:00.123Z');
      const rows = Array.from({ length: 700 }, (_, n) => ({
        ...{ conversationId: 'many', seq: n + 1, visitorSeq: n % 3 ? n : null, siteId: 's', type: 'message' as const },
        ...{ authorKind: 'visitor' as const, authorId: n % 2 ? 'v' : null, authorName: 'Анна 🦊', senderId: 'v' },
        ...{ commandId: `many ${n}`, part: 0, bodyHash: '', body: { text: `"${n}" '; drop table` }, at },
      }));
      await store.tx((db) => store.insertRows(db, store.t.events, rows));
      const { events: e } = store.t;
      const back = await store.read.select().from(e).where(eq(e.conversationId, 'many')).orderBy(e.seq);
      expect(back).toEqual(rows);
      await store.tx((db) => store.insertRows(db, store.t.events, []));
    });

    test('every kind of column comes back as it went in', async () => {
      const at = new Date('2026-09-01T12:00:00.123Z');
      const bytes = Buffer.from([0, 1, 2, 255]);
      await store.tx(async (db) => {
        await db
          .insert(store.t.files)
          .values({ siteId: 's', hash: 'h', mime: 'm', size: 2 ** 40, bytes, createdAt: at });
        await db.insert(store.t.events).values({
          conversationId: 'c',
          seq: 1,
          siteId: 's',
          type: 'message',
          authorKind: 'visitor',
          authorName: 'Анна 🦊',
          senderId: 'v',
          commandId: 'i',
          bodyHash: 'h',
          body: { text: '"кавычки"\n\\ 𝄞' },
          at,
        });
      });
      const [file] = await store.read.select().from(store.t.files);
      expect(file).toEqual({ siteId: 's', hash: 'h', mime: 'm', size: 2 ** 40, bytes, createdAt: at });
      const [event] = await store.read.select().from(store.t.events);
      expect(event).toMatchObject({ visitorSeq: null, authorName: 'Анна 🦊', body: { text: '"кавычки"\n\\ 𝄞' }, at });
    });

    test('a prepared query takes its values at every call', async () => {
      const { meta } = store.t;
      const put = prepared('test-put', (db) =>
        db.insert(meta).values({ key: sql.placeholder('key'), value: sql.placeholder('value') }),
      );
      const get = prepared('test-get', (db) =>
        db
          .select()
          .from(meta)
          .where(eq(meta.key, sql.placeholder('key'))),
      );
      for (const key of ['a', 'b'])
        await store.tx(async (db) => void (await put(db, store.t).execute({ key, value: `${key}!` })));
      expect(await get(store.read, store.t).execute({ key: 'b' })).toEqual([{ key: 'b', value: 'b!' }]);
      expect(await get(store.read, store.t).execute({ key: 'a' })).toEqual([{ key: 'a', value: 'a!' }]);
    });

    test('a sentence for the client is not turned into another error', async () => {
      const failing = store.tx(async () => {
        throw new FrontdeskError('conflict');
      });
      await expect(failing).rejects.toMatchObject({ code: 'conflict' });
    });
  });
}
