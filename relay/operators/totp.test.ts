import { describe, expect, test } from 'vitest';
import { toBase32 } from './base32.ts';
import { makeRecoveryCodes, RECOVERY_CODES, recoveryCodeHash } from './recovery-codes.ts';
import { matchingStep, stepAt, totpCode } from './totp.ts';

/** The secret of the appendices of RFC 4226 and RFC 6238. */
const SECRET = Buffer.from('12345678901234567890');

describe('[S7] codes of the authenticator app', () => {
  test.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
      (code, counter) => [counter, code] as const,
    ),
  )('RFC 4226, appendix D: counter %i', (counter, code) => expect(totpCode(SECRET, counter)).toBe(code));

  // The RFC writes eight digits; six are the last of them.
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('RFC 6238, appendix B, SHA-1: %i s', (seconds, code) =>
    expect(totpCode(SECRET, stepAt(seconds * 1_000))).toBe(code.slice(-6)),
  );

  const now = Date.UTC(2026, 8, 1, 12);
  const at = (offset: number) => totpCode(SECRET, stepAt(now) + offset);
  test.each<[string, string, number, number | null]>([
    ['of this step', at(0), -1, 0],
    ['of the step before', at(-1), -1, -1],
    ['of the step after', at(1), -1, 1],
    ['two steps old', at(-2), -1, null],
    ['two steps early', at(2), -1, null],
    ['used already', at(0), stepAt(now), null],
    ['older than one that was used', at(-1), stepAt(now), null],
    ['newer than one that was used', at(1), stepAt(now), 1],
    ['too short', at(0).slice(1), -1, null],
    ['too long', `${at(0)}0`, -1, null],
    ['in other digits', at(0).replace(/\d/g, (d) => String.fromCharCode(0x660 + Number(d))), -1, null],
    ['empty', '', -1, null],
  ])('a code %s', (_, code, lastStep, offset) =>
    expect(matchingStep(SECRET, code, now, lastStep)).toBe(offset === null ? null : stepAt(now) + offset),
  );

  test('at the beginning of time there is no step before', () => expect(matchingStep(SECRET, '755224', 0, -1)).toBe(0));
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('Base32 as in RFC 4648: «%s»', (text, letters) => expect(toBase32(Buffer.from(text))).toBe(letters));

describe('[S7] recovery codes', () => {
  test('are ten of 120 bits, all different, and found however they are typed', () => {
    const codes = makeRecoveryCodes();
    expect(codes).toHaveLength(RECOVERY_CODES);
    expect(new Set(codes.map(recoveryCodeHash)).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([a-z2-7]{4}-){5}[a-z2-7]{4}$/);
      for (const typed of [code.toUpperCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `])
        expect(recoveryCodeHash(typed)).toBe(recoveryCodeHash(code));
    }
  });
});
