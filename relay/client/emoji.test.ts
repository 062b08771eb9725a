import { expect, test } from 'vitest';
import { EMOJI, EMOJI_COLUMNS, emojiOf, emojiSections, findEmoji, inRows, remembered } from './emoji.ts';

const signs = (query: string) => findEmoji(query).map(({ sign }) => sign);
const all = EMOJI.flatMap(([, list]) => list);

test('every emoji is there once, with a name in both languages', () => {
  expect(new Set(all.map(({ sign }) => sign)).size).toBe(all.length);
  for (const { sign, name, words } of all) {
    expect(sign, name.en).toMatch(/\p{Extended_Pictographic}/u);
    expect(name.en, sign).toMatch(/^[a-z][a-z -]*$/);
    expect(name.ru, sign).toMatch(/^[а-яё][а-яё -]*$/);
    expect(words, sign).not.toContain('');
  }
});

test.each([
  ['parcel', '📦'],
  ['посылка', '📦'],
  ['ПОСЫЛ', '📦'],
  ['елка', '🎄'],
  ['ёлка', '🎄'],
  ['thumbs up', '👍'],
  ['палец вверх', '👍'],
  ['e-mail', '📧'],
  ['спасибо', '🙏'],
])('«%s» finds %s', (query, sign) => {
  expect(signs(query)).toContain(sign);
});

test('whole words come before beginnings, every word has to fit, and nonsense finds nothing', () => {
  expect(signs('car')[0]).toBe('🚗');
  expect(signs('car')).toContain('💳');
  expect(signs('red heart')).toEqual(['❤️']);
  expect(signs('qqq')).toEqual([]);
});

test('without a query those used last stand in front, then all groups; with one only what was found', () => {
  const open = emojiSections(' ', ['🔥', 'gone'], 'en');
  expect(open[0]?.[0]).toBe('Used last');
  expect(open[0]?.[1].map(({ sign }) => sign)).toEqual(['🔥']);
  expect(open).toHaveLength(EMOJI.length + 1);
  expect(emojiSections('', [], 'ru').map(([title]) => title)[0]).toBe('Лица');
  expect(emojiSections('fire', ['🙂'], 'ru').map(([title]) => title)).toEqual(['Найдено']);
  expect(emojiSections('qqq', ['🙂'], 'ru')).toEqual([]);
});

test('the last used come first, each once, two rows of them', () => {
  const used = all.slice(0, 30).reduce<string[]>((kept, { sign }) => remembered(kept, sign), []);
  expect(used).toHaveLength(2 * EMOJI_COLUMNS);
  expect(remembered(used, used[3] ?? '')[0]).toBe(used[3]);
  expect(new Set(remembered(used, used[3] ?? '')).size).toBe(used.length);
  expect(inRows(emojiOf(used)).map((row) => row.length)).toEqual([8, 8]);
});
