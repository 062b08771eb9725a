import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, which people misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference such as `7K3M-9QXP`: 40 random bits, so that it says nothing about how many others there are. */
export function makeReference(): string {
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
