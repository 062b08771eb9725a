import { describe, expect, test } from 'vitest';
import { FrontdeskError } from '../protocol/errors.ts';
import {
  answer,
  assign,
  type Change,
  type ConversationState,
  close,
  giveBack,
  mayChange,
  reopen,
  take,
} from './rules.ts';

const DAY_MS = 86_400_000;
const now = Date.parse('2026-09-01T12:00:00.000Z');
const state = (status: 'open' | 'closed', assigneeId: string | null, ageDays = 0): ConversationState => ({
  status,
  assigneeId,
  createdAt: new Date(now - ageDays * DAY_MS),
});
/** What a rule decides: its change, or the code it refuses with. */
const outcome = (decide: () => Change | null): Change | null | string => {
  try {
    return decide();
  } catch (error) {
    if (error instanceof FrontdeskError) return error.code;
    throw error;
  }
};

const me = 'me';
const cases: [string, () => Change | null, Change | null | string][] = [
  ['take from the queue', () => take(state('open', null), me, null), { status: 'open', assigneeId: me }],
  ['take what is mine', () => take(state('open', me), me, 'Me'), null],
  ['take what another has', () => take(state('open', 'other'), me, 'Olga'), 'already-taken'],
  [
    'take a closed one of another',
    () => take(state('closed', 'other'), me, 'Olga'),
    { status: 'open', assigneeId: me },
  ],
  ['assign from the queue', () => assign(state('open', null), 'other'), { status: 'open', assigneeId: 'other' }],
  ['assign from another', () => assign(state('open', 'third'), 'other'), { status: 'open', assigneeId: 'other' }],
  ['assign to who has it', () => assign(state('open', 'other'), 'other'), null],
  ['return mine', () => giveBack(state('open', me), now), { status: 'open', assigneeId: null }],
  ['return what is in the queue', () => giveBack(state('open', null), now), null],
  ['return what nobody has and is closed', () => giveBack(state('closed', null), now), 'not-assigned'],
  ['return at 30 days', () => giveBack(state('open', me, 30), now), { status: 'open', assigneeId: null }],
  ['return after 30 days', () => giveBack(state('open', me, 30.01), now), 'too-old'],
  ['close', () => close(state('open', me)), { status: 'closed' }],
  ['close twice', () => close(state('closed', me)), null],
  ['reopen', () => reopen(state('closed', me)), { status: 'open' }],
  ['reopen what is open', () => reopen(state('open', me)), null],
  ['answer in the queue takes it', () => answer(state('open', null), me), { assigneeId: me }],
  ['answer in mine', () => answer(state('open', me), me), null],
  ['answer in another’s leaves it theirs', () => answer(state('open', 'other'), me), null],
  ['answer in a closed one opens it', () => answer(state('closed', me), me), { status: 'open' }],
];

describe('[R2] who has a conversation', () => {
  test.each(cases)('%s', (_, decide, expected) => {
    expect(outcome(decide)).toEqual(expected);
  });
});

describe('[ED3] who may change a message', () => {
  const message = (authorKind: string, authorId: string | null, deleted = false, type = 'message') => ({
    ...{ type, authorKind, authorId, deleted },
  });
  const mine = message('operator', me);
  const theirs = message('operator', 'other');
  const may = (...args: Parameters<typeof mayChange>): boolean | string => {
    try {
      return mayChange(...args);
    } catch (error) {
      if (error instanceof FrontdeskError) return error.code;
      throw error;
    }
  };
  const operator = { operatorId: me, role: 'operator' } as const;
  const owner = { operatorId: me, role: 'owner' } as const;
  test.each<[string, ReturnType<typeof message>, typeof operator | typeof owner, 'edit' | 'delete', boolean | string]>([
    ['edits their own', mine, operator, 'edit', true],
    ['deletes their own', mine, operator, 'delete', true],
    ['edits another’s', theirs, operator, 'edit', 'forbidden'],
    ['deletes another’s', theirs, operator, 'delete', 'forbidden'],
    ['as the owner edits another’s', theirs, owner, 'edit', 'forbidden'],
    ['as the owner deletes another’s', theirs, owner, 'delete', true],
    ['edits a visitor’s', message('visitor', 'v'), owner, 'edit', 'forbidden'],
    ['deletes a visitor’s', message('visitor', 'v'), owner, 'delete', 'forbidden'],
    ['deletes a visitor’s of their own id', message('visitor', me), operator, 'delete', 'forbidden'],
    ['deletes an invitation’s words', message('trigger', 't'), owner, 'delete', 'forbidden'],
    ['deletes an assignment', message('operator', me, false, 'assignment'), operator, 'delete', 'forbidden'],
    ['edits what was deleted', message('operator', me, true), operator, 'edit', 'message-deleted'],
    ['deletes what was deleted', message('operator', me, true), operator, 'delete', false],
    ['deletes another’s that was deleted', message('operator', 'other', true), operator, 'delete', 'forbidden'],
  ])('an operator who %s', (_, what, who, how, outcomeOf) => {
    expect(may(what, who, how)).toBe(outcomeOf);
  });
});
