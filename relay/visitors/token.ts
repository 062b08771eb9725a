import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A visitor's token: 256 random bits. It is kept on the device alone; the store has its hash. */
export const makeToken = (): string => randomBytes(32).toString('base64url');

/** SHA-256 of a token. No salt is needed: the token is as long as the hash. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * The token that follows a token: the same for every tab that asks, however often, so that none is given one that another
 * has made void. Who does not have both the key and the token cannot know it.
 */
export const nextToken = (key: Buffer, token: string): string =>
  createHmac('sha256', key).update(token).digest('base64url');
