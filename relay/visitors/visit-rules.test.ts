import { expect, test } from 'vitest';
import { readUtm, sameVisit } from './visit-rules.ts';

test('[V1] a visit ends after half an hour without a sign of life', () => {
  const at = new Date('2026-09-01T12:00:00.000Z');
  expect(sameVisit(at, at.getTime() + 29 * 60_000)).toBe(true);
  expect(sameVisit(at, at.getTime() + 30 * 60_000)).toBe(false);
});

test.each([
  ['https://shop.example/?utm_source=mail&utm_campaign=May%20sale&x=1', { source: 'mail', campaign: 'May sale' }],
  ['https://shop.example/?yclid=77', { yclid: '77' }],
  [`https://shop.example/?utm_source=${'x'.repeat(500)}`, { source: 'x'.repeat(200) }],
  ['https://shop.example/', {}],
  ['not an address', {}],
])('[V1] the source of %s', (url, expected) => {
  expect(readUtm(url)).toEqual(expected);
});
