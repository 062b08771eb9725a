import { eq } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Batch, Db, Persistence } from '../store/index.ts';
import { type VisitorRow, visitorById } from '../visitors/store.ts';

/** Under which note a batch keeps a visitor's row. */
export const visitorKey = (id: string): string => `visitor:${id}`;

/** The visitor's row as this batch has it so far; with a `change` the rest of the batch has it so. */
export async function visitorRow(
  db: Db,
  t: Persistence['t'],
  batch: Batch,
  { siteId, visitorId }: { siteId: string; visitorId: string },
  change?: Partial<VisitorRow>,
): Promise<VisitorRow> {
  const known = batch.get<VisitorRow>(visitorKey(visitorId));
  const row = known ?? (await visitorById(db, t, siteId, visitorId));
  if (!row) throw new FrontdeskError('unauthorised');
  // The device has joined a verified visitor while this was on its way.
  if (row.joinedTo !== null) return visitorRow(db, t, batch, { siteId, visitorId: row.joinedTo }, change);
  const now = change ? { ...row, ...change } : row;
  if (now !== known) batch.set(visitorKey(visitorId), now);
  return now;
}

/**
 * What a visitor says of themself, kept with the batch: the row as it is from then on. What was proved of a verified visitor is
 * not changed by it.
 */
export function keepPerson(
  t: Persistence['t'],
  batch: Batch,
  visitor: VisitorRow,
  said: Partial<Record<'name' | 'email' | 'phone', string>>,
): VisitorRow {
  const isProved = visitor.externalId !== null;
  const either = (key: 'name' | 'email' | 'phone') => (isProved && visitor[key]) || said[key] || visitor[key];
  const row = { ...visitor, name: either('name'), email: either('email'), phone: either('phone') };
  const key = visitorKey(visitor.id);
  batch.set<VisitorRow>(key, row);
  batch.finish(key, async (db) => {
    const { id, name, email, phone } = batch.get<VisitorRow>(key) ?? row;
    await db.update(t.visitors).set({ name, email, phone }).where(eq(t.visitors.id, id));
  });
  return row;
}
