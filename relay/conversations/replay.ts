import { eq } from 'drizzle-orm';
import type { RelayFrame } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { Persistence } from '../store/index.ts';
import { toLogEvent } from './log-events.ts';
import { eventPage } from './store.ts';

/** Sends what a client lacks of a conversation, in pages, oldest first [RS2]. `top` is what the store had at the start. */
export async function replay(
  store: Persistence,
  audience: 'visitor' | 'staff',
  conversationId: string,
  afterSeq: number,
  send: (frame: RelayFrame) => void,
): Promise<void> {
  let after = afterSeq;
  for (;;) {
    const rows = await eventPage(store.read, store.t, {
      conversationId,
      audience,
      after,
      limit: LIMITS.replayPage,
    });
    const events = rows.flatMap((row) => toLogEvent(row, audience) ?? []);
    // Somebody may claim to have more than there is; what is told back is true.
    after = events.at(-1)?.seq ?? Math.min(after, await topOf(store, audience, conversationId));
    const more = rows.length === LIMITS.replayPage;
    send({ type: 'replay', conversation: conversationId, events, top: after, more });
    if (!more) return;
  }
}

async function topOf(store: Persistence, audience: 'visitor' | 'staff', id: string): Promise<number> {
  const { conversations: c } = store.t;
  const [row] = await store.read.select({ visitor: c.visitorSeq, staff: c.staffSeq }).from(c).where(eq(c.id, id));
  return row?.[audience] ?? 0;
}
