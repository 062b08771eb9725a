import type { Language } from './locale.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();
/** Formats are slow to make and rows are many. */
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => T,
): T {
  const known = kept.get(key) as T | undefined;
  if (known) return known;
  const made = make();
  kept.set(key, made);
  return made;
}

const unit = (language: Language, name: string, value: number) =>
  once(
    `unit ${language} ${name}`,
    () => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }),
  ).format(value);

const date = (language: Language, key: string, options: Intl.DateTimeFormatOptions, at: number) =>
  once(`date ${language} ${key}`, () => new Intl.DateTimeFormat(language, options)).format(at);

/** How long something has lasted, in its largest unit: 40 sec, 5 min, 2 hr, 3 days. */
export function lasted(language: Language, ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE) return unit(language, 'second', Math.floor(span / SECOND));
  if (span < HOUR) return unit(language, 'minute', Math.floor(span / MINUTE));
  if (span < DAY) return unit(language, 'hour', Math.floor(span / HOUR));
  return unit(language, 'day', Math.floor(span / DAY));
}

/** How long somebody has waited: under a minute it is «now», so that fresh rows do not tick. */
export function waited(language: Language, ms: number): string {
  if (ms >= MINUTE) return lasted(language, ms);
  return once(`now ${language}`, () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' })).format(0, 'second');
}

/** The same with seconds running, as a stopwatch: 0:07, 12:40, 1:02:03. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Days between two moments by the local calendar. */
function daysApart(from: number, to: number): number {
  const [a, b] = [new Date(from), new Date(to)];
  return Math.round(
    (new Date(b.getFullYear(), b.getMonth(), b.getDate()).getTime() -
      new Date(a.getFullYear(), a.getMonth(), a.getDate()).getTime()) /
      DAY,
  );
}

/** The hour and minute. */
export const clockTime = (language: Language, at: number): string =>
  date(language, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at);

/** A day as a separator says it: Today, Yesterday, 5 March, 5 March 2025. */
export function dayWords(
  language: Language,
  at: number,
  now: number,
  words: { today: string; yesterday: string },
): string {
  const apart = daysApart(at, now);
  if (apart === 0) return words.today;
  if (apart === 1) return words.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? date(language, 'day', { weekday: 'long', day: 'numeric', month: 'long' }, at)
    : date(language, 'day-year', { day: 'numeric', month: 'long', year: 'numeric' }, at);
}

/** A moment as short as a list row wants it: the time today, else the day. */
export function rowTime(language: Language, at: number, now: number): string {
  if (daysApart(at, now) === 0) return clockTime(language, at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? date(language, 'row-day', { day: 'numeric', month: 'short' }, at)
    : date(language, 'row-year', { day: 'numeric', month: 'short', year: '2-digit' }, at);
}

/** A moment in full. */
export const fullTime = (language: Language, at: number): string =>
  date(
    language,
    'full',
    { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    at,
  );

/** In how long something will be: in 5 minutes. */
export function inTime(language: Language, ms: number): string {
  const format = once(`in ${language}`, () => new Intl.RelativeTimeFormat(language, { numeric: 'always' }));
  if (ms < MINUTE) return format.format(Math.ceil(ms / SECOND), 'second');
  return ms < 2 * HOUR ? format.format(Math.ceil(ms / MINUTE), 'minute') : format.format(Math.ceil(ms / HOUR), 'hour');
}
