import { eq } from 'drizzle-orm';
import type { LiveSession } from '../bus/role.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import type { Persistence } from '../store/index.ts';
import { toLogEvent } from './log-events.ts';
import { withQuotes } from './quotes.ts';
import { eventPage } from './store.ts';

/** Characters of events in one frame; a page of long messages goes out in several. */
const FRAME_CHARS = 100_000;

/**
 * Sends what a client lacks of a conversation, in pages, oldest first [RS1]; the next page follows when the client has
 * read most of the one before. `top` is the last number sent so far.
 */
export async function replay(
  store: Persistence,
  audience: 'visitor' | 'staff',
  conversation: string,
  afterSeq: number,
  session: Pick<LiveSession, 'send' | 'drained' | 'state'>,
): Promise<void> {
  let after = afterSeq;
  for (;;) {
    const page = await eventPage(store.read, store.t, {
      conversationId: conversation,
      audience,
      after,
      limit: LIMITS.replayPage,
    });
    const rows = await withQuotes(store.read, store.t, page);
    const frames = bySize(rows.flatMap((row) => toLogEvent(row, audience) ?? []));
    const more = rows.length === LIMITS.replayPage;
    for (const [at, events] of frames.entries()) {
      // Somebody may claim to have more than there is; what is told back is true.
      after = events.at(-1)?.seq ?? Math.min(after, await topOf(store, audience, conversation));
      session.send({ type: 'replay', conversation, events, top: after, more: more || at < frames.length - 1 });
      await session.drained();
    }
    if (!more || session.state === 'closed') return;
  }
}

async function topOf(store: Persistence, audience: 'visitor' | 'staff', id: string): Promise<number> {
  const { conversations: c } = store.t;
  const [row] = await store.read.select({ visitor: c.visitorSeq, staff: c.staffSeq }).from(c).where(eq(c.id, id));
  return row?.[audience] ?? 0;
}

/** Events in frames that no slow line has to swallow whole; one frame at least. */
function bySize(events: readonly LogEvent[]): LogEvent[][] {
  let frame: LogEvent[] = [];
  const frames = [frame];
  let chars = 0;
  for (const event of events) {
    const size = 'text' in event && event.text ? event.text.length : 0;
    if (frame.length > 0 && chars + size > FRAME_CHARS) {
      frame = [];
      frames.push(frame);
      chars = 0;
    }
    frame.push(event);
    chars += size;
  }
  return frames;
}
