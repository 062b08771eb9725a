import { expect, test } from 'vitest';
import { asksForRating, type EndState, mayBeRated } from './closing-rules.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 8, 1, 12, minute));
const closed: EndState = {
  ...{ channel: 'chat', status: 'closed', assigneeId: 'olga', closedAt: at(10), ratedAt: null, endedAt: null },
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
