/** Days that counts are kept for, and after which votes and failed searches are dropped. */
export const KEPT_DAYS = 400;
export const DAY_MS = 86_400_000;

/** The day of a moment, of UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The first day of the last `days`, today included. */
export const firstDay = (now: number, days: number): string => dayOf(now - (days - 1) * DAY_MS);

const MOST_CHARS = 100;
/** Six digits, however they are parted: numbers of telephones, cards, passports, orders. */
const DIGITS = /\d(?:[\s().+/_-]*\d){5}/;
/** Longer than any word: keys, links, what a machine made. */
const ENDLESS = /\S{41}/;

/**
 * A search as it is counted: lower case, without white space to spare, 100 characters at most. `null` for what may be about a
 * person (an address, a long number, a link or key) and for what says nothing: that is not kept.
 */
export function countedQuery(typed: string): string | null {
  const query = typed
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  if (/@|:\/\//.test(query) || DIGITS.test(query.replace(/\p{Nd}/gu, '0')) || ENDLESS.test(query)) return null;
  const cut = [...query].slice(0, MOST_CHARS).join('').trim();
  return /[\p{L}\p{N}].*[\p{L}\p{N}]/u.test(cut) ? cut : null;
}
