import { createHash, hkdfSync } from 'node:crypto';

/** What keys are derived for. Each purpose has its own, so that one that leaks says nothing of the others. */
export type Purpose = 'metrics' | 'visitor-token' | 'second-factor' | 'file-address' | 'form-proof';

/** A key of one purpose: 32 bytes, and the id by which it can be named in public. */
export interface Key {
  id: string;
  bytes: Buffer;
}

/** The keys of a purpose, of the newest secret first: the first one signs, all of them are good. */
export function keysOf(secrets: readonly string[], purpose: Purpose): Key[] {
  return secrets.map((secret) => {
    const bytes = Buffer.from(hkdfSync('sha256', secret, '', `frontdesk ${purpose}`, 32));
    return { bytes, id: createHash('sha256').update(bytes).digest('hex').slice(0, 8) };
  });
}

/** The bearer tokens that may read `/metrics`, newest first: `ID.KEY`. */
export const metricsTokens = (secrets: readonly string[]): string[] =>
  keysOf(secrets, 'metrics').map(({ id, bytes }) => `${id}.${bytes.toString('base64url')}`);

/** The keys that addresses of files are signed with, newest first. */
export const fileKeys = (secrets: readonly string[]): Buffer[] =>
  keysOf(secrets, 'file-address').map(({ bytes }) => bytes);

/** The keys that puzzles for suspicious forms are signed with, newest first. */
export const proofKeys = (secrets: readonly string[]): Buffer[] =>
  keysOf(secrets, 'form-proof').map(({ bytes }) => bytes);

/** The keys that a visitor's following token is made with, newest first. */
export const visitorTokenKeys = (secrets: readonly string[]): Buffer[] =>
  keysOf(secrets, 'visitor-token').map(({ bytes }) => bytes);
