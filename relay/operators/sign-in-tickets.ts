import { randomBytes } from 'node:crypto';
import { and, eq, gt, lte } from 'drizzle-orm';
import type { Db, Schema } from '../store/index.ts';
import { sessionId } from './sessions.ts';
import { type OperatorRow, operatorById } from './store.ts';

/** So long somebody whose password was right has for the code. */
export const TICKET_MS = 5 * 60 * 1_000;

/**
 * Notes that a password was right and that the second factor is awaited. The ticket is good for that alone: it is no
 * sign-in, and no route but the one that takes the code knows it.
 */
export async function openTicket(
  db: Db,
  t: Schema,
  operatorId: string,
  now: number,
): Promise<{ ticket: string; expiresAt: Date }> {
  const ticket = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now + TICKET_MS);
  const s = t.signInTickets;
  await db.delete(s).where(and(eq(s.operatorId, operatorId), lte(s.expiresAt, new Date(now))));
  await db.insert(s).values({ id: sessionId(ticket), operatorId, expiresAt });
  return { ticket, expiresAt };
}

/** Whose password was right; undefined when the ticket ran out, was used, or never was. */
export async function operatorOfTicket(
  db: Db,
  t: Schema,
  ticket: string,
  now: number,
): Promise<OperatorRow | undefined> {
  const s = t.signInTickets;
  const [row] = await db
    .select()
    .from(s)
    .where(and(eq(s.id, sessionId(ticket)), gt(s.expiresAt, new Date(now))));
  const operator = row && (await operatorById(db, t, row.operatorId));
  return operator?.deletedAt === null ? operator : undefined;
}

/** Takes the ticket away; false when it was not there any more. */
export async function takeTicket(db: Db, t: Schema, ticket: string): Promise<boolean> {
  const s = t.signInTickets;
  const gone = await db
    .delete(s)
    .where(eq(s.id, sessionId(ticket)))
    .returning({ id: s.id });
  return gone.length > 0;
}
