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
