import { and, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Db, Schema } from '../store/index.ts';

/** Whether a site asks everybody who works for it for a second factor. */
export async function isDemandedAt(db: Db, t: Schema, siteId: string): Promise<boolean> {
  const [row] = await db.select({ on: t.sites.secondFactorDemanded }).from(t.sites).where(eq(t.sites.id, siteId));
  return row?.on ?? false;
}

/** Sets whether a site asks for it. */
export async function setDemand(db: Db, t: Schema, siteId: string, on: boolean): Promise<void> {
  await db.update(t.sites).set({ secondFactorDemanded: on }).where(eq(t.sites.id, siteId));
}

/** Whether one of the sites that an operator works for asks for it. */
export async function isDemandedOf(db: Db, t: Schema, operatorId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: t.sites.id })
    .from(t.members)
    .innerJoin(t.sites, eq(t.sites.id, t.members.siteId))
    .where(and(eq(t.members.operatorId, operatorId), eq(t.sites.secondFactorDemanded, true)))
    .limit(1);
  return row !== undefined;
}

/** Who works for a site and has no second factor on, the oldest first. */
export async function withoutFactor(db: Db, t: Schema, siteId: string): Promise<string[]> {
  const [m, o, f] = [t.members, t.operators, t.secondFactors];
  const rows = await db
    .select({ id: o.id })
    .from(m)
    .innerJoin(o, eq(o.id, m.operatorId))
    .leftJoin(f, and(eq(f.operatorId, o.id), isNotNull(f.confirmedAt)))
    .where(and(eq(m.siteId, siteId), isNull(o.deletedAt), isNull(f.operatorId)))
    .orderBy(o.createdAt, o.id);
  return rows.map(({ id }) => id);
}

/** The sign-ins of these operators that are not over. */
export async function signInsOf(db: Db, t: Schema, operatorIds: readonly string[], now: number): Promise<string[]> {
  const s = t.operatorSessions;
  const rows = await db
    .select({ id: s.id })
    .from(s)
    .where(and(inArray(s.operatorId, [...operatorIds]), gt(s.expiresAt, new Date(now))));
  return rows.map(({ id }) => id);
}
