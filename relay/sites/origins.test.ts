import { expect, test } from 'vitest';
import { testClock } from '../testing/clock.ts';
import { createRefusedOrigins, isAllowedOrigin, toOrigin } from './origins.ts';

test.each([
  ['https://shop.example', 'https://shop.example'],
  ['https://Shop.Example/some/page?x#y', 'https://shop.example'],
  ['shop.example', 'https://shop.example'],
  ['http://localhost:3000/', 'http://localhost:3000'],
  ['https://shop.example:443', 'https://shop.example'],
  ['https://*.example', null],
  ['https://user@shop.example', null],
  ['ftp://shop.example', null],
  ['null', 'https://null'],
  ['not an origin', null],
])('%s is the origin %s', (typed, origin) => {
  expect(toOrigin(typed)).toBe(origin);
});

test('[S1] the list is exact, the relay itself is always allowed, and so is what sends no origin', () => {
  const site = { origins: ['https://shop.example'] };
  const own = ['https://support.example'];
  const allowed = (origin: string | null) => isAllowedOrigin(origin, site, own);
  for (const origin of ['https://shop.example', 'https://support.example', null, ''])
    expect(allowed(origin)).toBe(true);
  for (const origin of [
    'http://shop.example',
    'https://shop.example:8443',
    'https://www.shop.example',
    'https://shop.example.evil.example',
    'https://evilshop.example',
    'null',
  ]) {
    expect(allowed(origin)).toBe(false);
  }
});

test('the last twenty refused origins of a site are kept, latest first, until they are allowed', () => {
  const clock = testClock();
  const refused = createRefusedOrigins(clock);
  for (let i = 0; i < 25; i++) refused.add('s', `https://${i}.example`);
  clock.advance(1_000);
  refused.add('s', 'https://10.example');
  refused.add('s', 'null');
  refused.add('s', 'https://a.example/path');
  const list = refused.list('s');
  expect(list).toHaveLength(20);
  expect(list[0]).toEqual({ origin: 'https://10.example', at: new Date(clock.now()).toISOString() });
  expect(list.at(-1)?.origin).toBe('https://5.example');
  refused.forget('s', ['https://10.example']);
  expect(refused.list('s')).toHaveLength(19);
  expect(refused.list('other')).toEqual([]);
});
