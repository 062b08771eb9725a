import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../protocol/entities.ts';
import { createList, type ListPage } from './list-model.ts';

const row = (id: string, minute: number): ConversationSummary =>
  ({
    id,
    status: 'open',
    assignee: null,
    lastEventAt: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  }) as ConversationSummary;
const ids = (rows: readonly ConversationSummary[]) => rows.map(({ id }) => id).join('');
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A list over pages that a test hands out one by one. */
function listOver(pages: ListPage[]) {
  const asked: (string | null)[] = [];
  const list = createList({
    view: 'unassigned',
    me: 'me',
    async fetchPage(_, cursor) {
      asked.push(cursor);
      const page = pages.shift();
      if (!page) throw new Error('no more pages');
      await settle();
      return page;
    },
  });
  return { list, asked };
}

test('changes that come while the page is on its way are applied once it is there, older ones are not', async () => {
  const { list } = listOver([{ conversations: [row('a', 10)], cursor: null, change: 5 }]);
  list.start();
  list.apply({ from: 5, to: 5, conversations: [row('old', 59)] });
  list.apply({ from: 6, to: 6, conversations: [row('b', 20)] });
  await settle();
  await settle();
  expect(list.state.value).toBe('ready');
  expect(ids(list.rows.value)).toBe('ba');
});

test('a gap loads the list anew', async () => {
  const { list, asked } = listOver([
    { conversations: [row('a', 10)], cursor: null, change: 1 },
    { conversations: [row('c', 30), row('b', 20), row('a', 10)], cursor: null, change: 3 },
  ]);
  list.start();
  await settle();
  await settle();
  list.apply({ from: 3, to: 3, conversations: [row('c', 30)] });
  await settle();
  await settle();
  expect(asked).toEqual([null, null]);
  expect(ids(list.rows.value)).toBe('cba');
  list.apply({ from: 4, to: 4, conversations: [row('d', 40)] });
  expect(ids(list.rows.value)).toBe('dcba');
});

test('a heartbeat that knows of more changes loads the list anew, one that does not leaves it', async () => {
  const { list, asked } = listOver([
    { conversations: [row('a', 10)], cursor: null, change: 1 },
    { conversations: [row('b', 20)], cursor: null, change: 2 },
  ]);
  list.start();
  await settle();
  await settle();
  list.expect(1);
  expect(asked).toHaveLength(1);
  list.expect(2);
  await settle();
  await settle();
  expect(ids(list.rows.value)).toBe('b');
});

test('pages follow each other by their cursor', async () => {
  const { list, asked } = listOver([
    { conversations: [row('c', 30), row('b', 20)], cursor: 'next', change: 1 },
    { conversations: [row('a', 10)], cursor: null, change: 1 },
  ]);
  list.start();
  await settle();
  await settle();
  expect(list.more.value).toBe(true);
  list.loadMore();
  await settle();
  await settle();
  expect(asked).toEqual([null, 'next']);
  expect(ids(list.rows.value)).toBe('cba');
  expect(list.more.value).toBe(false);
});
