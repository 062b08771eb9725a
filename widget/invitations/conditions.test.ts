import { expect, test } from 'vitest';
import type { TriggerCondition } from '../../relay/protocol/index.ts';
import { holds } from './conditions.ts';

const at = (url: string, onPageMs = 0, onSiteMs = 0) => ({ url, onPageMs, onSiteMs });
const page = (match: 'is' | 'contains' | 'starts' | 'not-contains', value: string): TriggerCondition => ({
  type: 'page',
  match,
  value,
});

test.each([
  ['is', '/cart', 'https://a.example/cart', true],
  ['is', '/cart', 'https://a.example/cart?x=1', true],
  ['is', '/cart?x=1', 'https://a.example/cart?x=1', true],
  ['is', '/cart', 'https://a.example/cart/2', false],
  ['is', 'https://a.example/cart', 'https://a.example/cart#top', true],
  ['starts', '/shop/', 'https://a.example/shop/shoes', true],
  ['starts', 'https://a.example/shop', 'https://a.example/shop/shoes', true],
  ['starts', '/shop', 'https://a.example/x/shop', false],
  ['contains', 'promo=1', 'https://a.example/?promo=1', true],
  ['not-contains', 'promo', 'https://a.example/?promo=1', false],
  ['not-contains', 'promo', 'https://a.example/', true],
] as const)('page %s %s on %s: %s', (match, value, url, expected) => {
  expect(holds(page(match, value), at(url))).toBe(expected);
});

test('times count in seconds', () => {
  expect(holds({ type: 'time-on-page', seconds: 5 }, at('https://a.example/', 4_999, 9_999))).toBe(false);
  expect(holds({ type: 'time-on-page', seconds: 5 }, at('https://a.example/', 5_000))).toBe(true);
  expect(holds({ type: 'time-on-site', seconds: 10 }, at('https://a.example/', 0, 10_000))).toBe(true);
});
