import { describe, expect, test } from 'vitest';
import type { VisitorCommand } from '../protocol/frames.ts';
import { uuidv7 } from './ids.ts';
import type { OutboxStore } from './outbox-store.ts';

const draft = (text: string) => ({ type: 'message:send', conversation: uuidv7(), text }) as const;

/** What every outbox store does; the IndexedDB one runs it in Chromium. */
export function outboxContract(name: string, open: () => Promise<OutboxStore<VisitorCommand>>): void {
  describe(`the outbox in ${name}`, () => {
    test('[OB2] numbers go up by one from 1, whoever adds', async () => {
      const store = await open();
      const added = await Promise.all(Array.from({ length: 20 }, (_, i) => store.add(draft(`${i}`), uuidv7())));
      expect(added.map(({ n }) => n).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect((await store.list()).map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect((await store.head()).next).toBe(21);
    });

    test('[OB1] a settled command is forgotten, its number is not given again', async () => {
      const store = await open();
      const first = await store.add(draft('a'), uuidv7());
      await store.settle(first.id);
      expect(await store.list()).toEqual([]);
      expect((await store.add(draft('b'), uuidv7())).n).toBe(2);
      await store.settle(uuidv7());
      expect(await store.list()).toHaveLength(1);
    });

    test('[OB7] a renewed outbox numbers what it holds from 1 under a new id, ids of commands stay', async () => {
      const store = await open();
      const [a, b, c] = [
        await store.add(draft('a'), uuidv7()),
        await store.add(draft('b'), uuidv7()),
        await store.add(draft('c'), uuidv7()),
      ];
      await store.settle(a.id);
      const before = await store.head();
      await store.renew();
      const after = await store.head();
      expect(after.id).not.toBe(before.id);
      expect(after.next).toBe(3);
      expect((await store.list()).map(({ id, n }) => [id, n])).toEqual([
        [b.id, 1],
        [c.id, 2],
      ]);
    });

    test('a cleared outbox is a new one', async () => {
      const store = await open();
      const before = await store.head();
      await store.add(draft('a'), uuidv7());
      await store.clear();
      expect(await store.list()).toEqual([]);
      expect((await store.head()).next).toBe(1);
      expect((await store.head()).id).not.toBe(before.id);
    });
  });
}
