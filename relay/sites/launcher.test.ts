import { expect, test } from 'vitest';
import { siteSettings } from '../protocol/site-settings.ts';
import { pathPattern, toPublicLauncher } from './launcher.ts';

test.each([
  ['/checkout', ['/checkout'], true],
  ['/checkout/2', ['/checkout'], false],
  ['/checkout/2', ['/checkout/*'], true],
  ['/checkout/2', ['/cart', '/checkout/*'], true],
  ['/a/b/print', ['*/print'], true],
  ['/a.b', ['/a?b'], false],
  ['/axb', ['/a.b'], false],
  ['/(x)|', ['/(x)|'], true],
  ['/корзина', ['/корзина'], true],
])('[W2] %s is hidden by %o: %s', (path, patterns, hidden) => {
  expect(RegExp(pathPattern(patterns)).test(path)).toBe(hidden);
});

test('[W2] the launcher comes ready to be drawn: its icon, its name, where it does not show', () => {
  const settings = siteSettings.parse({ launcher: { icon: 'mail' } });
  expect(toPublicLauncher(settings, 'ru', '')).toMatchObject({
    name: 'Помощь',
    label: '',
    hiddenOn: '',
    icon: expect.stringMatching(/^M3 5/),
  });
  expect(toPublicLauncher(settings, 'en', 'help').icon).toMatch(/^M8 8/);
  expect(toPublicLauncher(settings, 'en', '/logo.png').icon).toBe('/logo.png');
  const silent = siteSettings.parse({ channels: [], launcher: { label: { en: 'Ask' } } });
  expect(toPublicLauncher(silent, 'en', '')).toMatchObject({ name: 'Ask', hiddenOn: '^' });
});
