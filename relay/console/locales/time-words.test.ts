import { expect, test } from 'vitest';
import { dayWords, inTime, lasted, rowTime, stopwatch, waited } from './time-words.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const words = { today: 'Today', yesterday: 'Yesterday' };
const now = new Date(2026, 4, 10, 15, 30).getTime();

test.each([
  [40 * SECOND, '40 sec', '40 с'],
  [5 * MINUTE, '5 min', '5 мин'],
  [3 * HOUR + 50 * MINUTE, '3 hr', '3 ч'],
  [50 * HOUR, '2 days', '2 дн.'],
  [-5, '0 sec', '0 с'],
])('%d ms have lasted', (ms, en, ru) => {
  expect(lasted('en', ms)).toBe(en);
  expect(lasted('ru', ms).replaceAll('\u00a0', ' ')).toBe(ru);
});

test('who has waited for seconds waits since now', () => {
  expect(waited('en', 30 * SECOND)).toBe('now');
  expect(waited('ru', 30 * SECOND)).toBe('сейчас');
  expect(waited('en', MINUTE)).toBe('1 min');
});

test.each([
  [7 * SECOND, '0:07'],
  [12 * MINUTE + 40 * SECOND, '12:40'],
  [HOUR + 2 * MINUTE + 3 * SECOND, '1:02:03'],
  [-1, '0:00'],
])('a stopwatch after %d ms', (ms, shown) => {
  expect(stopwatch(ms)).toBe(shown);
});

test('days are named by the calendar, not by hours', () => {
  expect(dayWords('en', new Date(2026, 4, 10, 0, 1).getTime(), now, words)).toBe('Today');
  expect(dayWords('en', new Date(2026, 4, 9, 23, 59).getTime(), now, words)).toBe('Yesterday');
  expect(dayWords('en', new Date(2026, 4, 4).getTime(), now, words)).toBe('Monday, May 4');
  expect(dayWords('ru', new Date(2025, 4, 4).getTime(), now, words)).toBe('4 мая 2025 г.');
});

test('a row shows the hour today and the day before that', () => {
  expect(rowTime('en', new Date(2026, 4, 10, 9, 5).getTime(), now)).toBe('09:05');
  expect(rowTime('en', new Date(2026, 4, 9, 9, 5).getTime(), now)).toBe('May 9');
});

test('when to try again', () => {
  expect(inTime('en', 30 * SECOND)).toBe('in 30 seconds');
  expect(inTime('ru', 14.2 * MINUTE)).toBe('через 15 минут');
});
