/** Dates and times of day as a time zone's clocks show them; what Temporal will do once Node has it. */

const formats = new Map<string, Intl.DateTimeFormat>();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Made once per zone: a format takes a hundred times longer to make than to use. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the clocks of a zone show at an instant, as if it were UTC. */
function shown(timeZone: string, at: number): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at % 1_000);
}

/** The date that the clocks of a zone show, as `2026-09-01`. */
export const localDate = (timeZone: string, at: number): string =>
  new Date(shown(timeZone, at)).toISOString().slice(0, 10);

/** The date so many days after this one. */
export const dateAfter = (date: string, days = 1): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (date: string): number => (new Date(date).getUTCDay() + 6) % 7;

/**
 * The instant at which the clocks of a zone show a date and a time (`24:00` is the end of the date). Where they show it
 * twice, the earlier or the later one; where they leap over it, the leap.
 */
export function instantOf(timeZone: string, date: string, time: string, twice: 'earlier' | 'later'): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = Date.parse(date) + hours * HOUR_MS + minutes * MINUTE_MS;
  const offset = (at: number) => shown(timeZone, at) - at;
  // A day to either side lies beyond any change of the clocks that could matter here.
  const [before, after] = [offset(wanted - DAY_MS), offset(wanted + DAY_MS)];
  const found = [wanted - before, wanted - after].filter((at) => shown(timeZone, at) === wanted);
  if (found.length > 0) return twice === 'earlier' ? Math.min(...found) : Math.max(...found);
  let [low, high] = [wanted - Math.max(before, after), wanted - Math.min(before, after)];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return Math.round(high / 1_000) * 1_000;
}
