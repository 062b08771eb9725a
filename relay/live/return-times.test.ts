import { expect, test } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { returnAfterMs } from './return-times.ts';

test('2,000 clients come back over four seconds, never more than a few in one instant', () => {
  const random = seeded(7);
  const times = Array.from({ length: 2_000 }, (_, place) => returnAfterMs(place, random));
  expect(Math.min(...times)).toBeGreaterThanOrEqual(1_500);
  expect(Math.max(...times)).toBeLessThanOrEqual(5_500);
  const perTenth = new Map<number, number>();
  for (const time of times) perTenth.set(Math.floor(time / 100), (perTenth.get(Math.floor(time / 100)) ?? 0) + 1);
  expect(Math.max(...perTenth.values())).toBeLessThanOrEqual(55);
});

test('who is alone is asked back at once', () => {
  expect(returnAfterMs(0)).toBeLessThanOrEqual(1_502);
});
