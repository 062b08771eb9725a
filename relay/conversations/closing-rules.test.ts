import { expect, test } from 'vitest';
import { asksFirst, asksForRating, asksOf, type EndState, mayBeRated } from './closing-rules.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 12, minute));
const closed: EndState = {
  ...{
    channel: 'chat',
    status: 'closed',
    assigneeId: 'olga',
    closedAt: at(10),
    ratedAt: null,
    endedAt: null,
    closesAt: null,
  },
};
const CASES: [what: string, state: EndState, may: boolean, asks: boolean][] = [
  ['closed by an operator', closed, true, true],
  ['still open', { ...closed, status: 'open', closedAt: null }, false, false],
  ['nobody ever had it', { ...closed, assigneeId: null }, false, false],
  ['a form', { ...closed, channel: 'email' }, false, false],
  ['ended as spam', { ...closed, endedAt: at(10) }, false, false],
  ['rated after it closed: may be changed, is not asked again', { ...closed, ratedAt: at(11) }, true, false],
  ['rated in the moment it closed', { ...closed, ratedAt: at(10) }, true, false],
  ['reopened and closed again after the rating: asked again', { ...closed, ratedAt: at(5) }, true, true],
];

test.each(CASES)('[CL2] %s', (_what, state, may, asks) => {
  expect([mayBeRated(state), asksForRating(state)]).toEqual([may, asks]);
});

const open: EndState = { ...closed, status: 'open', closedAt: null };
const asked: EndState = { ...open, closesAt: at(30) };
test.each<[what: string, on: boolean, state: EndState, first: boolean]>([
  ['an open chat that an operator has', true, open, true],
  ['where the site does not ask', false, open, false],
  ['a second time', true, asked, false],
  ['nobody has it', true, { ...open, assigneeId: null }, false],
  ['a form', true, { ...open, channel: 'email' }, false],
  ['closed already', true, closed, false],
])('[CL6] a close asks first: %s', (_what, on, state, first) => {
  expect(asksFirst(on, state)).toBe(first);
});

test.each<[what: string, state: EndState, asks: ReturnType<typeof asksOf>]>([
  ['asked and open', asked, 'solved'],
  ['not asked', open, null],
  ['closed and not rated', closed, 'rating'],
  ['closed and rated', { ...closed, ratedAt: at(11) }, null],
])('[CL3, CL7] what the visitor is asked: %s', (_what, state, asks) => {
  expect(asksOf(state)).toBe(asks);
});
