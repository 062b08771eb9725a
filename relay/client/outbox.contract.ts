import type { VisitorCommand } from '../protocol/frames.ts';
import { uuidv7 } from './ids.ts';
import type { OutboxStore } from './outbox-store.ts';

const draft = (text: string) => ({ type: 'message:send', conversation: uuidv7(), text }) as const;
const upTo = (top: number) => Array.from({ length: top }, (_, i) => i + 1);

/** The cases run in a page too, where no test runner is. */
function same(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is} in place of ${should}`);
}
function differ(actual: unknown, other: unknown, what: string): void {
  if (JSON.stringify(actual) === JSON.stringify(other)) throw new Error(`${what}: both ${JSON.stringify(actual)}`);
}

/** One thing every outbox store does; `run` gets a fresh one and throws when it does not. */
export interface OutboxCase {
  name: string;
  run(store: OutboxStore<VisitorCommand>): Promise<void>;
}

/** What every outbox store does: in memory under vitest, in IndexedDB inside Chromium. */
export const OUTBOX_CASES: readonly OutboxCase[] = [
  {
    name: '[OB2] numbers go up by one from 1, whoever adds',
    async run(store) {
      const added = await Promise.all(upTo(20).map((i) => store.add(draft(`${i}`), uuidv7())));
      same(
        added.map(({ n }) => n).sort((a, b) => a - b),
        upTo(20),
        'the numbers given',
      );
      same(
        (await store.list()).map(({ n }) => n),
        upTo(20),
        'the numbers kept',
      );
      same((await store.head()).next, 21, 'the next number');
    },
  },
  {
    name: '[OB1] what was added is kept as it was given, by number',
    async run(store) {
      const drafts = ['a', 'b\u0000\ud83d', '👩‍👩‍👧‍👦'].map(draft);
      const ids = drafts.map(() => uuidv7());
      for (const [i, one] of drafts.entries()) await store.add(one, ids[i] ?? '');
      const kept = (await store.list()).map((command) =>
        command.type === 'message:send' ? [command.id, command.n, command.conversation, command.text] : [],
      );
      const given = drafts.map(({ conversation, text }, i) => [ids[i], i + 1, conversation, text]);
      same(kept, given, 'the list');
    },
  },
  {
    name: '[OB1] a settled command is forgotten, its number is not given again',
    async run(store) {
      const first = await store.add(draft('a'), uuidv7());
      await store.settle(first.id);
      same(await store.list(), [], 'the list');
      same((await store.add(draft('b'), uuidv7())).n, 2, 'the next number');
      await store.settle(uuidv7());
      same((await store.list()).length, 1, 'what is left when an unknown id is settled');
    },
  },
  {
    name: '[OB1] of many that are settled out of order the others stay',
    async run(store) {
      const added = await Promise.all(upTo(6).map((i) => store.add(draft(`${i}`), uuidv7())));
      const even = added.filter(({ n }) => n % 2 === 0);
      await Promise.all(even.reverse().map(({ id }) => store.settle(id)));
      same(
        (await store.list()).map(({ n }) => n),
        [1, 3, 5],
        'the list',
      );
    },
  },
  {
    name: '[OB7] a renewed outbox numbers what it holds from 1 under a new id, ids of commands stay',
    async run(store) {
      const [a, b, c] = [
        await store.add(draft('a'), uuidv7()),
        await store.add(draft('b'), uuidv7()),
        await store.add(draft('c'), uuidv7()),
      ];
      await store.settle(a.id);
      const before = await store.head();
      await store.renew();
      const after = await store.head();
      differ(after.id, before.id, 'the ids of the outbox');
      same(after.next, 3, 'the next number');
      const kept = (await store.list()).map(({ id, n }) => [id, n]);
      same(
        kept,
        [
          [b.id, 1],
          [c.id, 2],
        ],
        'the list',
      );
    },
  },
  {
    name: 'the head stays the same as long as nothing is added',
    async run(store) {
      const [one, two] = await Promise.all([store.head(), store.head()]);
      same(one, two, 'two asked at once');
      same(await store.head(), one, 'asked later');
    },
  },
];
