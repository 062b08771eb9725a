import { expect, test } from 'vitest';
import en from './en.ts';
import ru from './ru.ts';

test.each([
  ['en', en],
  ['ru', ru],
])('%s says everything, calmly', (_code, words) => {
  expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
  for (const [name, text] of Object.entries(words)) {
    expect(text, name).not.toBe('');
    expect(text, name).not.toMatch(/!|please wait|подождите/i);
  }
});

test('russian words are in russian', () => {
  for (const [name, text] of Object.entries(ru)) if (text !== 'name@example.com') expect(text, name).toMatch(/[а-я]/i);
});
