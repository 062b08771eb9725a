import { expect, test } from 'vitest';
import { hueOf, initials, shortUrl, sourceOf, visitorName } from './names.ts';

test('a visitor is called by name, by e-mail, by number', () => {
  const words = { visitor: (n: number) => `Visitor ${n}` };
  expect(visitorName({ name: 'Ann', email: 'a@b.c', number: 1 }, words)).toBe('Ann');
  expect(visitorName({ name: '', email: 'a@b.c', number: 1 }, words)).toBe('a@b.c');
  expect(visitorName({ name: null, email: null, number: 12 }, words)).toBe('Visitor 12');
});

test.each([
  ['Anna Petrova', 'AP'],
  ['анна', 'А'],
  ['anna.petrova@example.com', 'AP'],
  ['  ', null],
  [null, null],
  ['<script>', null],
])('initials of %s', (name, shown) => {
  expect(initials(name)).toBe(shown);
});

test('a hue stays with its id', () => {
  expect(hueOf('a')).toBe(hueOf('a'));
  expect(hueOf('x') % 30).toBe(0);
});

test.each([
  ['https://shop.example/a?b=1', '/a?b=1', 'shop.example/a?b=1'],
  ['https://shop.example/', '/', 'shop.example'],
  ['https://shop.example/%D1%87%D0%B0%D0%B9', '/чай', 'shop.example/чай'],
  ['https://shop.example/%ff', '/%ff', 'shop.example/%ff'],
  ['not an address', 'not an address', 'not an address'],
])('the address %s', (url, path, whole) => {
  expect(shortUrl(url)).toBe(path);
  expect(shortUrl(url, true)).toBe(whole);
});

test('where a visit came from', () => {
  expect(sourceOf({ utm: { source: 'mail' }, referrer: 'https://x.example/' })).toBe('mail');
  expect(sourceOf({ utm: {}, referrer: 'https://www.search.example/?q=1' })).toBe('search.example');
  expect(sourceOf({ utm: {}, referrer: '' })).toBeNull();
});
