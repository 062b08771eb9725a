import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whom an address was given to. */
export interface Reader {
  kind: 'visitor' | 'operator';
  id: string;
}

const HALF_HOUR_S = 1_800;
const signed = (key: Buffer, id: string, reader: Reader, until: number) =>
  createHmac('sha256', key).update(`${id} ${reader.kind} ${reader.id} ${until}`).digest('base64url');

/**
 * Where a reader gets a file, from the relay's root: good for half an hour to an hour, and the same for all that time, so that a
 * browser keeps what it has loaded.
 */
export function fileAddressFor(keys: readonly Buffer[], id: string, reader: Reader, now: number): string {
  const until = (Math.floor(now / 1_000 / HALF_HOUR_S) + 2) * HALF_HOUR_S;
  const query = new URLSearchParams({ [reader.kind]: reader.id, until: `${until}` });
  const [key] = keys;
  if (key === undefined) throw new Error('There is no key to sign addresses with.');
  query.set('signature', signed(key, id, reader, until));
  return `/api/files/${id}?${query}`;
}

/** The reader of an address that one of the keys signed and whose time is not over; else null. */
export function readerOf(
  keys: readonly Buffer[],
  id: string,
  query: { visitor?: string | undefined; operator?: string | undefined; until: number; signature: string },
  now: number,
): Reader | null {
  const { visitor, operator, until, signature } = query;
  if (until * 1_000 < now || (visitor === undefined) === (operator === undefined)) return null;
  const reader: Reader =
    visitor !== undefined ? { kind: 'visitor', id: visitor } : { kind: 'operator', id: operator ?? '' };
  const shown = Buffer.from(signature);
  const isGood = keys.some((key) => {
    const right = Buffer.from(signed(key, id, reader, until));
    return right.length === shown.length && timingSafeEqual(right, shown);
  });
  return isGood ? reader : null;
}
