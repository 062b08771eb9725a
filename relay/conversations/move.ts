import { and, eq } from 'drizzle-orm';
import type { Batch, Db } from '../store/index.ts';
import type { ConversationsDeps } from './deps.ts';

/** Gives every conversation of a visitor to another one, in memory and in the store; their lists show it after the commit. */
export async function moveConversations(
  { store, heads, announcer }: Pick<ConversationsDeps, 'store' | 'heads' | 'announcer'>,
  db: Db,
  batch: Batch,
  { siteId, from, to }: { siteId: string; from: string; to: string },
): Promise<void> {
  const { conversations: c } = store.t;
  const rows = await db
    .select({ id: c.id })
    .from(c)
    .where(and(eq(c.siteId, siteId), eq(c.visitorId, from)));
  for (const { id } of rows) {
    const conversation = await heads.give(db, batch, siteId, id, to);
    if (conversation) announcer.announce(batch, { conversation, events: [], headChanged: true });
  }
}

/**
 * Brings a joined device's conversations home that were begun while it joined: a command of the same moment may have been
 * decided before the sign-in was committed. Looked for whenever the device comes.
 */
export async function gatherStrays(
  deps: Pick<ConversationsDeps, 'store' | 'queue' | 'heads' | 'announcer'>,
  { siteId, from, to }: { siteId: string; from: string; to: string },
): Promise<void> {
  const { conversations: c } = deps.store.t;
  const rows = await deps.store.read
    .select({ id: c.id })
    .from(c)
    .where(and(eq(c.siteId, siteId), eq(c.visitorId, from)));
  if (rows.length === 0) return;
  await deps.queue.submit({
    key: rows.map(({ id }) => id),
    run: (db, batch) => moveConversations(deps, db, batch, { siteId, from, to }),
  });
}
