import { stepAt, totpCode } from '../operators/totp.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an operator's phone does: takes the secret as it is shown, gives the code of a time (ms). */
export function authenticator(secret: string): (now: number) => string {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return (now) => totpCode(bytes, stepAt(now));
}
