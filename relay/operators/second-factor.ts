import { randomBytes } from 'node:crypto';
import { and, count, eq, gt, isNotNull, isNull, lt } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Db, Schema } from '../store/index.ts';
import { toBase32 } from './base32.ts';
import type { Seal } from './deps.ts';
import { makeRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';
import { matchingStep, TOTP } from './totp.ts';

/* As long as the tag of SHA-1, as RFC 4226 asks. */
const SECRET_BYTES = 20;
/** A set-up that was begun has to be confirmed within this. */
export const SET_UP_MS = 15 * 60 * 1_000;
/** No step yet: every code is later. */
const NO_STEP = -1;

/** What the functions here need: the tables, the seal, and whose factor it is. */
interface Of {
  t: Schema;
  seal: Seal;
  operatorId: string;
}

/** Whether an operator's second factor is on, and how many recovery codes are left. */
export async function secondFactorOf(
  db: Db,
  t: Schema,
  operatorId: string,
): Promise<{ on: boolean; recoveryCodes: number }> {
  const f = t.secondFactors;
  const [row] = await db
    .select({ id: f.operatorId })
    .from(f)
    .where(and(eq(f.operatorId, operatorId), isNotNull(f.confirmedAt)));
  if (!row) return { on: false, recoveryCodes: 0 };
  const [left] = await db
    .select({ n: count() })
    .from(t.recoveryCodes)
    .where(eq(t.recoveryCodes.operatorId, operatorId));
  return { on: true, recoveryCodes: left?.n ?? 0 };
}

/** Makes a secret that is asked for once a first code of it was right. Throws `conflict` when one is on already. */
export async function beginSecondFactor(
  db: Db,
  { t, seal, operatorId }: Of,
  entry: { email: string; now: number },
): Promise<{ secret: string; address: string }> {
  const f = t.secondFactors;
  const secret = randomBytes(SECRET_BYTES);
  await db.delete(f).where(and(eq(f.operatorId, operatorId), isNull(f.confirmedAt)));
  const made = await db
    .insert(f)
    .values({
      ...{ operatorId, secret: seal.close(secret, operatorId), createdAt: new Date(entry.now) },
      ...{ confirmedAt: null, lastStep: NO_STEP },
    })
    .onConflictDoNothing()
    .returning({ id: f.operatorId });
  if (made.length === 0) throw new FrontdeskError('conflict', 'The second factor is on; turn it off first.');
  const letters = toBase32(secret);
  const label = `Frontdesk:${encodeURIComponent(entry.email)}`;
  const rest = `issuer=Frontdesk&algorithm=SHA1&digits=${TOTP.digits}&period=${TOTP.seconds}`;
  return { secret: letters, address: `otpauth://totp/${label}?secret=${letters}&${rest}` };
}

/**
 * Turns it on when the code is of the secret that was made; gives the recovery codes. null: the code is not right.
 * Throws `not-found` when no set-up was begun, or too long ago.
 */
export async function confirmSecondFactor(
  db: Db,
  { t, seal, operatorId }: Of,
  entry: { code: string; now: number },
): Promise<string[] | null> {
  const f = t.secondFactors;
  const pending = and(
    ...[eq(f.operatorId, operatorId), isNull(f.confirmedAt), gt(f.createdAt, new Date(entry.now - SET_UP_MS))],
  );
  const [row] = await db.select().from(f).where(pending);
  const secret = row && seal.open(row.secret, operatorId);
  if (!secret) throw new FrontdeskError('not-found', 'No set-up is under way; begin it again.');
  const step = matchingStep(secret, digitsOf(entry.code), entry.now, NO_STEP);
  if (step === null) return null;
  const on = await db
    .update(f)
    .set({ confirmedAt: new Date(entry.now), lastStep: step })
    .where(pending)
    .returning({ id: f.operatorId });
  if (on.length === 0) throw new FrontdeskError('not-found', 'No set-up is under way; begin it again.');
  const codes = makeRecoveryCodes();
  await db.delete(t.recoveryCodes).where(eq(t.recoveryCodes.operatorId, operatorId));
  await db.insert(t.recoveryCodes).values(codes.map((code) => ({ operatorId, hash: recoveryCodeHash(code) })));
  return codes;
}

/** What a typed code was: of the app, one of the recovery codes, or neither. */
export type SpentCode = 'code' | 'recovery-code' | null;

/** Looks whether a typed code is good and uses it up in the same breath: of two who send it, one gets through. */
export async function spendCode(
  db: Db,
  { t, seal, operatorId }: Of,
  entry: { code: string; now: number },
): Promise<SpentCode> {
  const f = t.secondFactors;
  const mine = and(eq(f.operatorId, operatorId), isNotNull(f.confirmedAt));
  const [row] = await db.select().from(f).where(mine);
  if (!row) return null;
  const digits = digitsOf(entry.code);
  if (!/^\d+$/.test(digits)) {
    const c = t.recoveryCodes;
    const used = await db
      .delete(c)
      .where(and(eq(c.operatorId, operatorId), eq(c.hash, recoveryCodeHash(entry.code))))
      .returning({ hash: c.hash });
    return used.length > 0 ? 'recovery-code' : null;
  }
  const secret = seal.open(row.secret, operatorId);
  if (!secret)
    throw new FrontdeskError(
      'conflict',
      'The relay’s SECRET is not the one that the second factor was set up with; use a recovery code.',
      { field: 'code' },
    );
  const step = matchingStep(secret, digits, entry.now, row.lastStep);
  if (step === null) return null;
  const used = await db
    .update(f)
    .set({ lastStep: step, ...(!seal.isFresh(row.secret) && { secret: seal.close(secret, operatorId) }) })
    .where(and(mine, lt(f.lastStep, step)))
    .returning({ id: f.operatorId });
  return used.length > 0 ? 'code' : null;
}

/** Turns it off, with its recovery codes; false when it was not on. */
export async function dropSecondFactor(db: Db, t: Schema, operatorId: string): Promise<boolean> {
  const f = t.secondFactors;
  const gone = await db.delete(f).where(eq(f.operatorId, operatorId)).returning({ confirmedAt: f.confirmedAt });
  await db.delete(t.recoveryCodes).where(eq(t.recoveryCodes.operatorId, operatorId));
  return gone.some(({ confirmedAt }) => confirmedAt !== null);
}

/** As people type it: «123 456» is a code too. */
const digitsOf = (typed: string): string => typed.replace(/[\s-]/g, '');
