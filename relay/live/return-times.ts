/** The relay needs about so long to be there again. */
const FIRST_MS = 1_500;
/** Clients asked back in a second: a relay that has just started takes them without anybody having to wait. */
const PER_SECOND = 500;

/** Milliseconds the `place`th client of a relay that goes down is asked to stay away: each has its own moment. */
export function returnAfterMs(place: number, random: () => number = Math.random): number {
  return Math.round(FIRST_MS + ((place + random()) * 1_000) / PER_SECOND);
}
