import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../protocol/entities.ts';
import { noticeOf } from './notice.ts';

const row = (change: Partial<ConversationSummary> = {}) =>
  ({ id: 'c', status: 'open', assignee: null, unread: 0, ...change }) as ConversationSummary;
const mine = { assignee: { id: 'me', name: 'Me' } };
const theirs = { assignee: { id: 'other', name: 'Other' } };

test.each([
  ['a new conversation', undefined, row({ unread: 1 }), 'queue'],
  ['more words of somebody who waits already', row({ unread: 1 }), row({ unread: 2 }), null],
  ['one that opens again', row({ status: 'closed' }), row({ unread: 1 }), 'queue'],
  ['an answer in mine', row(mine), row({ ...mine, unread: 1 }), 'answer'],
  ['an answer in a colleague’s', row(theirs), row({ ...theirs, unread: 1 }), null],
  ['an assignment to me', row(), row(mine), 'assigned'],
  ['a change of mine that is not seen for the first time', row(mine), row(mine), null],
  ['a closing', row({ ...mine, unread: 1 }), row({ ...mine, status: 'closed', unread: 2 }), null],
])('%s', (_, before, after, expected) => {
  expect(noticeOf(before, after, 'me', false)).toBe(expected);
});

test('what one took oneself is no news', () => {
  expect(noticeOf(row(), row(mine), 'me', true)).toBeNull();
});
