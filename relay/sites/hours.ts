import type { Hours, HoursSpan } from '../protocol/site-settings.ts';
import { dateAfter, instantOf, localDate, weekdayOf } from './wall-clock.ts';

/** Whether somebody answers now, and when that changes. Times in milliseconds. */
export interface Opening {
  open: boolean;
  /** When the site opens next, while it is closed; null when it never does within a year. */
  opensAt: number | null;
  /** Until when this answer holds; infinite where nothing changes. */
  until: number;
}

/** As far ahead as an opening is looked for: a year, and the longest holiday that reaches into the next. */
const DAYS_AHEAD = 400;

type Stretch = [from: number, to: number];

/** The hours of one date: its own where it is a holiday, else those of its weekday. */
const spansOf = (hours: Hours, date: string): readonly HoursSpan[] =>
  hours.holidays.find((holiday) => holiday.date === date)?.spans ?? hours.week[weekdayOf(date)] ?? [];

/** The hours of one date as instants. A span that ends at or before its start goes on into the next date. */
function stretchesOf(hours: Hours, date: string): Stretch[] {
  return spansOf(hours, date)
    .map(({ from, to }): Stretch => {
      const endsOn = to <= from ? dateAfter(date) : date;
      return [instantOf(hours.timeZone, date, from, 'earlier'), instantOf(hours.timeZone, endsOn, to, 'later')];
    })
    .filter(([from, to]) => from < to)
    .sort(([a], [b]) => a - b);
}

/** Whether a site is open at an instant, when it opens next, and until when both hold. */
export function openingAt(hours: Hours, at: number): Opening {
  if (!hours.on) return { open: true, opensAt: null, until: Number.POSITIVE_INFINITY };
  const today = localDate(hours.timeZone, at);
  // What began the day before may go on over midnight.
  let date = dateAfter(today, -1);
  let openUntil: number | null = null;
  for (let day = -1; day <= DAYS_AHEAD; day++, date = dateAfter(date)) {
    for (const [from, to] of stretchesOf(hours, date)) {
      if (openUntil !== null) {
        // Stretches that touch or overlap are one.
        if (from > openUntil) return { open: true, opensAt: null, until: openUntil };
        openUntil = Math.max(openUntil, to);
      } else if (from <= at && at < to) openUntil = to;
      else if (from > at) return { open: false, opensAt: from, until: from };
    }
    // Days that only touch each other for ever have no end worth knowing.
    if (openUntil !== null && day > 8) return { open: true, opensAt: null, until: openUntil };
  }
  return openUntil === null
    ? { open: false, opensAt: null, until: at + 86_400_000 }
    : { open: true, opensAt: null, until: openUntil };
}

/** Whether somebody is to be reached at this instant by the site's hours. */
export const isOpen = (hours: Hours, at: number): boolean => openingAt(hours, at).open;

/** When a closed site opens next; null while it is open, and when it does not within a year. */
export const opensNext = (hours: Hours, at: number): number | null => openingAt(hours, at).opensAt;
