import { expect, test } from 'vitest';
import { pathFits } from './page.ts';

test.each([
  ['/checkout', ['/checkout'], true],
  ['/checkout/2', ['/checkout'], false],
  ['/checkout/2', ['/checkout/*'], true],
  ['/a/b/print', ['*/print'], true],
  ['/a.b', ['/a?b'], false],
  ['/axb', ['/a.b'], false],
  ['/(x)', ['/(x)'], true],
  ['/', [], false],
])('%s in %o: %s', (path, patterns, fits) => {
  expect(pathFits(path, patterns)).toBe(fits);
});
