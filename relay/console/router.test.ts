import { expect, test } from 'vitest';
import { parseRoute, pathOf, type Route } from './router.ts';

const routes: [string, Route][] = [
  ['/console/', { name: 'home', site: null }],
  ['/console/shop/mine', { name: 'view', site: 'shop', view: 'mine', conversation: null }],
  ['/console/shop/on-site/abc', { name: 'view', site: 'shop', view: 'on-site', conversation: 'abc' }],
  ['/console/shop/settings', { name: 'settings', site: 'shop', page: null, item: null }],
  ['/console/shop/settings/look', { name: 'settings', site: 'shop', page: 'look', item: null }],
  [
    '/console/shop/settings/articles/ru%3Aoplata',
    { name: 'settings', site: 'shop', page: 'articles', item: 'ru:oplata' },
  ],
];
test.each(routes)('%s', (path, route) => {
  expect(parseRoute(path)).toEqual(route);
  expect(pathOf(route)).toBe(path);
});
test('a view that is none leads home to the site', () => {
  expect(parseRoute('/console/shop/nothing')).toEqual({ name: 'home', site: 'shop' });
});
test('a broken address leads home', () => {
  expect(parseRoute('/console/%ff/mine')).toEqual({ name: 'home', site: null });
});
