import { and, eq, gte, lt } from 'drizzle-orm';
import { topics } from '../bus/bus.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import type { ConversationsDeps } from './deps.ts';
import { conversationRow } from './store.ts';

export interface Mark {
  conversation: string;
  delivered: number;
  read: number;
}

/**
 * Notes how far a side has got. Everybody concerned is told at once; the store hears of it within about a second, and
 * only of the latest [MK1].
 */
export async function markSide(
  deps: ConversationsDeps,
  side: 'visitor' | 'staff',
  siteId: string,
  visitorId: string,
  told: Mark,
): Promise<void> {
  const { store, lazy, bus, queue, announcer } = deps;
  const { conversations: c } = store.t;
  const top =
    announcer.top(told.conversation)?.visitor ??
    (await conversationRow(store.read, store.t, siteId, told.conversation))?.visitorSeq ??
    0;
  // Nobody can have got further than there is something to get.
  const mark = { ...told, delivered: Math.min(told.delivered, top), read: Math.min(told.read, top) };
  const payload = JSON.stringify({ type: 'mark', side, ...mark } satisfies RelayFrame);
  bus.publish(topics.conversation(mark.conversation), payload);
  bus.publish(topics.visitor(visitorId), payload);

  lazy.put(`mark:${side}:${mark.conversation}`, async (db) => {
    const here = and(eq(c.id, mark.conversation), eq(c.siteId, siteId));
    const raise = async (column: 'visitorDelivered' | 'visitorRead' | 'staffDelivered' | 'staffRead', to: number) => {
      // Never backwards: several tabs and operators tell of their own progress.
      await db
        .update(c)
        .set({ [column]: to })
        .where(and(here, lt(c[column], to), gte(c.visitorSeq, to)));
    };
    await raise(side === 'visitor' ? 'visitorDelivered' : 'staffDelivered', mark.delivered);
    await raise(side === 'visitor' ? 'visitorRead' : 'staffRead', mark.read);
    if (side !== 'staff') return;
    const [row] = await db.select().from(c).where(here);
    if (!row || row.unread === 0 || row.staffRead < row.visitorSeq) return;
    await db.update(c).set({ unread: 0 }).where(here);
    // The lists show it as read: a change of its own, after this write.
    queue
      .submit({
        key: mark.conversation,
        run: async (inner, batch) => {
          const now = await conversationRow(inner, store.t, siteId, mark.conversation);
          if (now) announcer.announce(batch, { conversation: now, events: [], headChanged: false });
        },
      })
      .catch(() => {});
  });
}
