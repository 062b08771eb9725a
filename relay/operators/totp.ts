import { createHmac, timingSafeEqual } from 'node:crypto';

/** Length of a step in seconds, and digits of a code: what every authenticator app takes for granted. */
export const TOTP = { seconds: 30, digits: 6 } as const;
/** Steps before and after the present one that are good too, for clocks that differ. */
const WINDOW = 1;

/** The step of RFC 6238 that a time in ms falls into. */
export const stepAt = (ms: number): number => Math.floor(ms / 1_000 / TOTP.seconds);

/** The code of a step (RFC 4226 with HMAC-SHA-1, as RFC 6238 has it by default). */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** TOTP.digits;
  return String(number).padStart(TOTP.digits, '0');
}

/**
 * The step whose code this is, one off at most, and later than `lastStep`, the one used last: no code is good twice.
 * null when there is none. Every step is compared, and in constant time.
 */
export function matchingStep(secret: Buffer, code: string, now: number, lastStep: number): number | null {
  const typed = Buffer.from(code);
  let found: number | null = null;
  for (let step = stepAt(now) - WINDOW; step <= stepAt(now) + WINDOW; step++) {
    if (step < 0) continue;
    const right = Buffer.from(totpCode(secret, step));
    if (typed.length === right.length && timingSafeEqual(typed, right) && step > lastStep) found ??= step;
  }
  return found;
}
