import { LIMITS } from '../../protocol/limits.ts';

/** Numbers from 0 to below 1. */
export type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Texts on which something or other has broken before. */
export const NASTY_TEXTS: readonly string[] = [
  ...['', ' ', '\0', 'null', 'undefined', '__proto__', 'constructor', 'toString', '-1', '1e309', '0x10', 'NaN', '½'],
  ...[
    '\ud800',
    '\udc00x',
    'a\u202eb',
    '\u200b',
    '\ufeff',
    '👩‍👩‍👧‍👦',
    `Z${'\u0310'.repeat(60)}`,
    '\r\n\r\nX: y',
    '%00',
    '%ff',
    '%E0%A4%A',
  ],
  ...["' or 1=1 --", '"; drop table events; --', '$1', '?', '{{7*7}}', '#{7*7}', '<script>alert(1)</script>'],
  ...[
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    'data:text/html,<svg onload=alert(1)>',
    '../../etc/passwd',
  ],
  ...['..%2f..%2fetc%2fpasswd', 'C:\\windows', 'http://[::1', 'http://169.254.169.254/', '(((((a+)+)+)+)+)$'],
  ...['a'.repeat(LIMITS.fieldChars + 1), 'x'.repeat(LIMITS.messageChars + 1), '('.repeat(2_000), `${'a'.repeat(500)}!`],
  ...['[object Object]', '{"a":1}', '2026-13-45T99:99:99Z', '00000000-0000-0000-0000-000000000000', '\u2028\u2029'],
];

const NASTY_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, [], {}, [[]], [null], { length: -1 }],
  ...[{ toString: 1 }, { __proto__: null, a: 1 }, Array.from({ length: 300 }, () => 0)],
];

const nasty = (random: Random): unknown =>
  random() < 0.6 ? pick(random, NASTY_TEXTS) : structuredClone(pick(random, NASTY_VALUES));

/** A copy of a valid value in which one or a few places were changed, dropped, doubled, nested or swapped for another kind. */
export function mutate(random: Random, value: unknown, depth = 0): unknown {
  const chance = random();
  if (depth > 0 && chance < 0.18) return nasty(random);
  if (Array.isArray(value)) {
    const copy = value.map((one) => (random() < 0.5 ? mutate(random, one, depth + 1) : one));
    if (chance < 0.3) copy.push(nasty(random));
    if (chance > 0.9) return Array.from({ length: 200 }, () => copy[0] ?? null);
    return copy;
  }
  if (typeof value === 'object' && value !== null) {
    const copy: Record<string, unknown> = {};
    for (const [key, one] of Object.entries(value)) {
      const fate = random();
      if (fate < 0.08) continue;
      copy[fate > 0.96 ? pick(random, NASTY_TEXTS) : key] = random() < 0.4 ? mutate(random, one, depth + 1) : one;
    }
    if (chance > 0.85) copy[pick(random, NASTY_TEXTS)] = nasty(random);
    return copy;
  }
  return chance < 0.5 ? nasty(random) : mutateText(random, String(value));
}

/** A text with characters cut, doubled, flipped or put in. */
export function mutateText(random: Random, text: string): string {
  let now = text;
  for (let rounds = 1 + Math.floor(random() * 4); rounds > 0; rounds--) {
    const at = Math.floor(random() * (now.length + 1));
    const chance = random();
    if (chance < 0.25) now = now.slice(0, at) + pick(random, NASTY_TEXTS) + now.slice(at);
    else if (chance < 0.45) now = now.slice(0, at);
    else if (chance < 0.65)
      now = now.slice(0, at) + String.fromCharCode(Math.floor(random() * 0x10000)) + now.slice(at + 1);
    else if (chance < 0.8) now = now.slice(at) + now.slice(0, at);
    else now = now.slice(0, at) + now.slice(at, at + 40).repeat(Math.floor(random() * 30)) + now.slice(at);
  }
  return now.slice(0, 200_000);
}

/** Bytes with some of them flipped, cut, doubled or overwritten by extremes. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const now = Uint8Array.from(bytes);
  for (let rounds = 1 + Math.floor(random() * 8); rounds > 0 && now.length > 0; rounds--) {
    const at = Math.floor(random() * now.length);
    now[at] = random() < 0.5 ? pick(random, [0, 0xff, 0x7f, 0x80]) : Math.floor(random() * 256);
  }
  const cut = random();
  return cut < 0.4 ? now.subarray(0, Math.floor(random() * (now.length + 1))) : now;
}

/** JSON of a value, sometimes damaged as a text. */
export function mutateJson(random: Random, value: unknown): string {
  const text = JSON.stringify(random() < 0.9 ? mutate(random, value) : value) ?? '';
  if (random() < 0.85) return text;
  return random() < 0.1 ? `${'['.repeat(5_000)}${text}` : mutateText(random, text);
}
