import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, gt, inArray, lte, ne, or } from 'drizzle-orm';
import type { Db, Schema } from '../store/index.ts';
import type { OperatorRow } from './store.ts';

/** A sign-in without a sign of life for so long is over. */
export const IDLE_MS = 8 * 60 * 60 * 1_000;
/** A sign-in lasts so long at most. */
export const LONGEST_MS = 7 * 24 * 60 * 60 * 1_000;
/** The time of the last sign of life is written no more often than this. */
export const TOUCH_MS = 60_000;

/** A sign-in of an operator, in one browser. */
export type SessionRow = Schema['operatorSessions']['$inferSelect'];

/** What is kept of a token: without it, a stolen database signs nobody in. */
export const sessionId = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Opens a sign-in; `token` is for the cookie and nowhere else. Sign-ins of this operator that ran out go away. */
export async function openSession(
  db: Db,
  t: Schema,
  entry: { operatorId: string; ip: string; userAgent: string; now: number },
): Promise<{ token: string; session: SessionRow }> {
  const token = randomBytes(32).toString('base64url');
  const at = new Date(entry.now);
  const session: SessionRow = {
    id: sessionId(token),
    operatorId: entry.operatorId,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: new Date(entry.now + LONGEST_MS),
    ip: entry.ip,
    userAgent: entry.userAgent.slice(0, 300),
  };
  const s = t.operatorSessions;
  const over = or(lte(s.expiresAt, at), lte(s.lastSeenAt, new Date(entry.now - IDLE_MS)));
  await db.delete(s).where(and(eq(s.operatorId, entry.operatorId), over));
  await db.insert(s).values(session);
  return { token, session };
}

/** The sign-in of a token and whose it is; undefined when it is over, revoked or was never there. */
export async function findSession(
  db: Db,
  t: Schema,
  token: string,
  now: number,
): Promise<{ session: SessionRow; operator: OperatorRow } | undefined> {
  return findSessionById(db, t, sessionId(token), now);
}

/** The same by its id, for a socket that asks whether it may go on. */
export async function findSessionById(
  db: Db,
  t: Schema,
  id: string,
  now: number,
): Promise<{ session: SessionRow; operator: OperatorRow } | undefined> {
  const s = t.operatorSessions;
  const [row] = await db
    .select({ session: s, operator: t.operators })
    .from(s)
    .innerJoin(t.operators, eq(t.operators.id, s.operatorId))
    .where(and(eq(s.id, id), gt(s.expiresAt, new Date(now)), gt(s.lastSeenAt, new Date(now - IDLE_MS))));
  return row && row.operator.deletedAt === null ? row : undefined;
}

/** A sign of life. */
export async function touchSession(db: Db, t: Schema, id: string, now: number): Promise<void> {
  await db
    .update(t.operatorSessions)
    .set({ lastSeenAt: new Date(now) })
    .where(eq(t.operatorSessions.id, id));
}

/** An operator's sign-ins that are not over, the latest used first. */
export async function sessionsOf(db: Db, t: Schema, operatorId: string, now: number): Promise<SessionRow[]> {
  const s = t.operatorSessions;
  const lives = and(gt(s.expiresAt, new Date(now)), gt(s.lastSeenAt, new Date(now - IDLE_MS)));
  return db
    .select()
    .from(s)
    .where(and(eq(s.operatorId, operatorId), lives))
    .orderBy(desc(s.lastSeenAt));
}

/** Which of an operator's sign-ins to end. */
export type Revocation = { all: true } | { allBut: string } | { only: readonly string[] };

/**
 * Ends sign-ins of an operator; gives the ids of those that ended, for their sockets. Unless it is about single ones,
 * those that still wait for the second factor end too.
 */
export async function revokeSessions(db: Db, t: Schema, operatorId: string, which: Revocation): Promise<string[]> {
  const s = t.operatorSessions;
  const chosen =
    'allBut' in which ? ne(s.id, which.allBut) : 'only' in which ? inArray(s.id, [...which.only]) : undefined;
  const rows = await db
    .delete(s)
    .where(and(eq(s.operatorId, operatorId), chosen))
    .returning({ id: s.id });
  if (!('only' in which)) await db.delete(t.signInTickets).where(eq(t.signInTickets.operatorId, operatorId));
  return rows.map((row) => row.id);
}
