import { describe, expect, test } from 'vitest';
import type { ConversationSummary } from '../../protocol/entities.ts';
import { belongs, byLatest, byWaiting, joined, matches, placed } from './membership.ts';

const me = 'me';
const row = (id: string, minute: number, change: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id,
  channel: 'chat',
  status: 'open',
  subject: null,
  reference: null,
  visitor: { id: `v${id}`, name: null, email: null, number: 1, verified: false },
  assignee: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastEventAt: `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`,
  waitingSince: null,
  lastLine: null,
  staffSeq: 1,
  visitorSeq: 1,
  marks: { visitorDelivered: 0, visitorRead: 0, staffDelivered: 0, staffRead: 0 },
  unread: 0,
  rating: null,
  spam: false,
  closesAt: null,
  ...change,
});
const ids = (rows: readonly ConversationSummary[]) => rows.map(({ id }) => id).join('');
const mine = { assignee: { id: me, name: 'Me' } };
const theirs = { assignee: { id: 'other', name: 'Other' } };

describe('belonging to a view', () => {
  test.each([
    ['unassigned', {}, true],
    ['unassigned', mine, false],
    ['unassigned', { status: 'closed' as const }, false],
    ['mine', mine, true],
    ['mine', theirs, false],
    ['mine', { ...mine, status: 'closed' as const }, false],
    ['all', theirs, true],
    ['all', { status: 'closed' as const }, false],
    ['closed', { ...theirs, status: 'closed' as const }, true],
    ['closed', {}, false],
  ] as const)('%s %j: %s', (view, change, expected) => {
    expect(belongs(view, row('a', 1, change), me)).toBe(expected);
  });
});

describe('a change in a list', () => {
  const rows = [row('c', 30), row('b', 20), row('a', 10)];

  test('a new row stands at its time', () => {
    expect(ids(placed(rows, row('d', 40), 'unassigned', me, true))).toBe('dcba');
    expect(ids(placed(rows, row('x', 25), 'unassigned', me, true))).toBe('cxba');
    expect(ids(placed(rows, row('0', 5), 'unassigned', me, true))).toBe('cba0');
  });
  test('a row that was there moves', () => {
    expect(ids(placed(rows, row('a', 50), 'unassigned', me, true))).toBe('acb');
  });
  test('a row that no longer belongs goes, and one that never did changes nothing', () => {
    expect(ids(placed(rows, row('b', 50, mine), 'unassigned', me, true))).toBe('ca');
    expect(placed(rows, row('z', 50, mine), 'unassigned', me, true)).toBe(rows);
  });
  test('what would stand below the last row loaded waits for its page', () => {
    expect(ids(placed(rows, row('0', 5), 'unassigned', me, false))).toBe('cba');
  });
  test('the order of equal times is that of the relay: larger ids first', () => {
    expect(ids([row('a', 1), row('b', 1)].sort(byLatest))).toBe('ba');
  });
});

test('a further page is joined without doubles', () => {
  expect(ids(joined([row('c', 30), row('a', 25)], [row('b', 20), row('a', 10)]))).toBe('cab');
});

test('who waits longest stands first', () => {
  const waits = (id: string, minute: number, since: number) =>
    row(id, minute, { waitingSince: `2026-01-01T00:${String(since).padStart(2, '0')}:00.000Z` });
  expect(ids([row('x', 59), waits('b', 50, 20), waits('a', 55, 10)].sort(byWaiting))).toBe('abx');
});

test('a search looks at all its words, in any order and case', () => {
  const one = row('a', 1, { subject: 'Delivery to Kazan', reference: 'AB12-CD34' });
  expect(matches(one, 'kazan DELIVERY', 'Anna')).toBe(true);
  expect(matches(one, 'ab12 anna', 'Anna')).toBe(true);
  expect(matches(one, 'kazan moscow', 'Anna')).toBe(false);
});
