import { eq } from 'drizzle-orm';
import type { Db, Schema } from '../store/index.ts';
import type { VisitorRow } from './store.ts';
import { hashToken, makeToken } from './token.ts';

/** A token is followed by another one after so long. */
const ROTATE_MS = 30 * 24 * 60 * 60_000;
/** When the next token was shown the one before is good for so long, for tabs that are still open with it. */
const OLD_MS = 24 * 60 * 60_000;

/** Whether a token was given out and is shown for the first time. */
export const isOffered = (proof: string | undefined): boolean => proof === 'next' || proof === 'signed';

/** Whether the visitor is to get another token. */
export const isTokenDue = (visitor: Pick<VisitorRow, 'tokenSince' | 'firstSeenAt'>, now: number): boolean =>
  now - (visitor.tokenSince ?? visitor.firstSeenAt).getTime() >= ROTATE_MS;

/**
 * Notes a token that is given out. The present one stays good until this one was shown: a day longer where a month has passed
 * (`next`), no moment longer where somebody has proved who they are (`signed`).
 */
export async function offerToken(
  db: Db,
  t: Schema,
  visitor: VisitorRow,
  hash: string,
  kind: 'next' | 'signed' = 'next',
): Promise<void> {
  const row = { hash, siteId: visitor.siteId, visitorId: visitor.id, kind, until: null };
  await db.insert(t.visitorTokens).values(row).onConflictDoNothing();
}

/** A token that was given out has been shown: it is the visitor's from now on. Shown twice it changes nothing. */
export async function takeUpToken(db: Db, t: Schema, visitorId: string, hash: string, at: Date): Promise<void> {
  const { visitors, visitorTokens } = t;
  const [visitor] = await db.select().from(visitors).where(eq(visitors.id, visitorId));
  const [offered] = await db.select().from(visitorTokens).where(eq(visitorTokens.hash, hash));
  if (!visitor || !offered || offered.kind === 'old') return;
  await db.delete(visitorTokens).where(eq(visitorTokens.visitorId, visitorId));
  // Whoever knew the token from before somebody proved who they are must not become that person.
  const ends = offered.kind === 'signed';
  if (!ends)
    await db.insert(visitorTokens).values({
      ...{ hash: visitor.tokenHash, siteId: visitor.siteId, visitorId, kind: 'old' },
      until: new Date(at.getTime() + OLD_MS),
    });
  await db.update(visitors).set({ tokenHash: hash, tokenSince: at }).where(eq(visitors.id, visitorId));
}

/** Makes every token of a device void; nobody knows the one whose hash is put in its place. */
export async function voidTokens(db: Db, t: Schema, visitorId: string): Promise<void> {
  const { visitors, visitorTokens } = t;
  await db.delete(visitorTokens).where(eq(visitorTokens.visitorId, visitorId));
  await db
    .update(visitors)
    .set({ tokenHash: hashToken(makeToken()) })
    .where(eq(visitors.id, visitorId));
}
