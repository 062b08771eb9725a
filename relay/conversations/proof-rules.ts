import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a form says of how it was sent. */
export interface FormSigns {
  /** What stood in a field that nobody sees. */
  trap?: string | undefined;
  /** Milliseconds between the form's showing and its sending. */
  shownMs?: number | undefined;
}

/** A solved puzzle as a client shows it. */
export interface Proof {
  challenge: string;
  nonce: string;
}

/** A form that is sent sooner than this was not filled in by a person. */
const TOO_SOON_MS = 2_000;
/** Half a second on a phone; a machine that sends thousands pays for each. */
const BITS = 16;
const GOOD_FOR_MS = 600_000;

/** Whether the form looks like a machine's. */
export const isSuspicious = ({ trap, shownMs }: FormSigns): boolean =>
  (trap ?? '') !== '' || (shownMs !== undefined && shownMs < TOO_SOON_MS);

const signed = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('base64url');

/** A puzzle for one device of one site: what it is about, and the relay's signature, over which it is solved. */
export function makeChallenge(key: Buffer, about: { siteId: string; deviceId: string; now: number }): string {
  const until = about.now + GOOD_FOR_MS;
  const text = [randomBytes(9).toString('base64url'), until, BITS].join('.');
  return `${text}.${signed(key, `${about.siteId}.${about.deviceId}.${text}`)}`;
}

/** Zero bits that a hash begins with. */
function leadingZeros(hash: Buffer): number {
  const first = hash.findIndex((byte) => byte !== 0);
  return first < 0 ? hash.length * 8 : first * 8 + Math.clz32(hash[first] ?? 0) - 24;
}

/** The id and the end of the challenge that this proof solves for this device; null when it proves nothing. */
export function readProof(
  keys: readonly Buffer[],
  about: { siteId: string; deviceId: string; now: number },
  { challenge, nonce }: Proof,
): { id: string; until: number } | null {
  const [, text = '', id = '', end = '', bits = '', signature = ''] =
    /^(([\w-]{12})\.(\d{13,16})\.(\d{1,2}))\.([\w-]{43})$/.exec(challenge) ?? [];
  const given = Buffer.from(signature);
  const isOurs = keys.some((key) => {
    const right = Buffer.from(signed(key, `${about.siteId}.${about.deviceId}.${text}`));
    return right.length === given.length && timingSafeEqual(right, given);
  });
  const until = Number(end);
  if (!isOurs || until <= about.now) return null;
  const hash = createHash('sha256').update(`${signature}:${nonce}`).digest();
  return leadingZeros(hash) >= Number(bits) ? { id, until } : null;
}
