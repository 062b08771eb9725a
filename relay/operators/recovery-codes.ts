import { createHash, randomBytes } from 'node:crypto';
import { toBase32 } from './base32.ts';

/** How many an operator gets. */
export const RECOVERY_CODES = 10;
/* 120 bits: more than the 112 from which a plain hash will do (ASVS 6.5.2). */
const BYTES = 15;

/** Fresh codes, to be shown once: `abcd-efgh-ijkl-mnop-qrst-uvwx`. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = toBase32(randomBytes(BYTES)).toLowerCase();
    return (letters.match(/.{4}/g) ?? []).join('-');
  });
}

/** What is kept of a code, and by which a typed one is found; capitals, spaces and dashes do not matter. */
export function recoveryCodeHash(typed: string): string {
  const letters = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
  return createHash('sha256').update(letters).digest('hex');
}
