import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Persistence } from '../store/index.ts';

/** How many conversations of all sites are open, by whether an operator has them. */
export async function openCounts({ read, t }: Persistence): Promise<Record<'unassigned' | 'assigned', number>> {
  const { conversations: c } = t;
  const count = { count: sql<number>`count(*)`.mapWith(Number) };
  const open = eq(c.status, 'open');
  const [[all], [unassigned]] = await Promise.all([
    read.select(count).from(c).where(open),
    read
      .select(count)
      .from(c)
      .where(and(open, isNull(c.assigneeId))),
  ]);
  const free = unassigned?.count ?? 0;
  return { unassigned: free, assigned: (all?.count ?? 0) - free };
}
