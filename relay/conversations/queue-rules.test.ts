import { expect, test } from 'vitest';
import { expectedMinutes, firstAnswers, placesOf } from './queue-rules.ts';

test.each<[string, string[], number | undefined]>([
  ['the only one', ['me'], 1],
  ['behind two', ['a', 'b', 'me', 'c'], 3],
  ['not in it', ['a'], undefined],
  ['nobody waits', [], undefined],
])('[QP1] the place in the queue: %s', (_, waiting, place) => {
  expect(placesOf(waiting).get('me')).toBe(place);
});

/** Answers after so many seconds, the latest last. */
const after = (...seconds: number[]) =>
  seconds.map((wait, i) => ({ askedAt: i * 1e6, answeredAt: i * 1e6 + wait * 1_000 }));

test.each<[string, number[], number | null]>([
  ['none', [], null],
  ['four are too few', [10, 10, 10, 10], null],
  ['within a minute', [5, 10, 20, 50, 60], 1],
  ['the middle one counts, not the worst', [30, 30, 30, 90_000, 90_000], 1],
  ['rounded up', [61, 61, 61, 61, 61], 2],
  ['seven minutes are ten', [420, 420, 420, 420, 420], 10],
  ['over two hours nothing is promised', [8_000, 8_000, 8_000, 8_000, 8_000], null],
  ['the last twenty alone', [...Array(30).fill(3_000), ...Array(20).fill(100)], 2],
])('[QP3] how long answers take: %s', (_, seconds, minutes) => {
  expect(expectedMinutes(after(...seconds))).toBe(minutes);
});

test('[QP3] a first answer is the operator’s first message after the visitor’s first; invitations are none', () => {
  const said = (conversationId: string, authorKind: string, at: number) => ({ conversationId, authorKind, at });
  expect(
    firstAnswers([
      ...[said('a', 'trigger', 0), said('a', 'visitor', 1), said('a', 'visitor', 5), said('a', 'operator', 9)],
      ...[said('a', 'visitor', 10), said('a', 'operator', 11)],
      ...[said('b', 'operator', 0), said('b', 'visitor', 1), said('b', 'operator', 3)],
      said('c', 'visitor', 4),
    ]),
  ).toEqual([{ askedAt: 1, answeredAt: 9 }]);
});
