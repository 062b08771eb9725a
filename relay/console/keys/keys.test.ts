import { expect, test } from 'vitest';
import { shortcutOf } from './keys.ts';

test.each([
  ['t', 'KeyT', 't'],
  ['T', 'KeyT', 't'],
  ['е', 'KeyT', 't'],
  ['Е', 'KeyT', 't'],
  ['о', 'KeyJ', 'j'],
  // A Latin layout of another order: the letter counts, not its place.
  ['z', 'KeyY', 'z'],
  ['?', 'Slash', '?'],
  ['/', 'Slash', '/'],
  ['Escape', 'Escape', 'Escape'],
  ['ArrowDown', 'ArrowDown', 'ArrowDown'],
  ['ё', 'Backquote', 'ё'],
])('«%s» at %s is the shortcut «%s»', (key, code, expected) => {
  expect(shortcutOf({ key, code })).toBe(expected);
});
