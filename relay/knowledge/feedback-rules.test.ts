import { describe, expect, test } from 'vitest';
import { countedQuery, dayOf, firstDay } from './feedback-rules.ts';

describe('a failed search is counted', () => {
  test.each([
    ['  Gift   WRAPPING\n', 'gift wrapping'],
    ['Ёлка', 'ёлка'],
    ['order 10442', 'order 10442'],
    ['ｆｕｌｌ\u200bwidth', 'full width'],
    ['слово '.repeat(40), 'слово '.repeat(40).slice(0, 100).trim()],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('%j as %j', (typed, counted) => {
    expect(countedQuery(typed)).toBe(counted);
  });

  test.each([
    ...['ada@example.com', 'mail ada @ example', '+7 (921) 555-01-48', '4111 1111 1111 1111', 'паспорт 4010 123456'],
    ...['٠١٢٣٤٥', 'https://shop.example/reset?key=1', 'x'.repeat(41), '', ' ', 'a', '?!', '\ud83c', '🍵🍵'],
  ])('%j is not', (typed) => {
    expect(countedQuery(typed)).toBeNull();
  });
});

test('days are of UTC, and today is one of them', () => {
  const now = Date.parse('2026-03-01T23:59:59.999Z');
  expect(dayOf(now)).toBe('2026-03-01');
  expect(firstDay(now, 1)).toBe('2026-03-01');
  expect(firstDay(now, 7)).toBe('2026-02-23');
});
