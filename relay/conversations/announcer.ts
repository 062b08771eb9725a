import { eq, sql } from 'drizzle-orm';
import { type Bus, topics } from '../bus/bus.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import type { Batch, Persistence } from '../store/index.ts';
import { type ConversationRow, type EventRow, toLogEvent } from './append.ts';
import { countViews, summariesOf, toVisitorConversation } from './store.ts';

/** Conversations whose top numbers are kept for heartbeats; the oldest go first. */
const TOPS_KEPT = 200_000;
/** Views are counted once for all changes of so many milliseconds. */
const COUNTS_EVERY_MS = 300;

/** What a write did to a conversation, to be told after its commit. */
export interface Happening {
  conversation: ConversationRow;
  events: readonly EventRow[];
  /** The visitor's own list has to change: it is new, or its status or operator is. */
  headChanged: boolean;
}

/** Tells sockets what was committed: events per audience, list rows with change numbers, counts. */
export interface Announcer {
  /** Inside a write; nothing is told unless it commits. */
  announce(batch: Batch, happening: Happening): void;
  /** Top numbers for heartbeats: as last announced here. */
  top(conversationId: string): { visitor: number; staff: number } | undefined;
  /** The change number last told of a site. */
  change(siteId: string): number | undefined;
  stop(): void;
}

const frame = (data: RelayFrame) => JSON.stringify(data);

export function createAnnouncer(deps: {
  store: Persistence;
  bus: Bus;
  onError(error: unknown, where: string): void;
}): Announcer {
  const { store, bus, onError } = deps;
  const { t, read } = store;
  const tops = new Map<string, { visitor: number; staff: number }>();
  const changes = new Map<string, number>();
  const counting = new Map<string, ReturnType<typeof setTimeout>>();
  /* Rows are read after the commit; one after the other, so that change numbers go out in their order. */
  let telling: Promise<void> = Promise.resolve();

  const publishEvents = ({ conversation, events }: Happening) => {
    tops.delete(conversation.id);
    tops.set(conversation.id, { visitor: conversation.visitorSeq, staff: conversation.staffSeq });
    const oldest = tops.size > TOPS_KEPT ? tops.keys().next().value : undefined;
    if (oldest !== undefined) tops.delete(oldest);
    for (const row of events) {
      const forVisitor = toLogEvent(row, 'visitor');
      if (forVisitor) bus.publish(topics.visitor(conversation.visitorId), frame({ type: 'event', event: forVisitor }));
      const forStaff = toLogEvent(row, 'staff');
      if (forStaff) bus.publish(topics.conversation(conversation.id), frame({ type: 'event', event: forStaff }));
    }
  };

  const publishHead = async (row: ConversationRow) => {
    const [found] = await read
      .select({ operatorName: t.operators.name, current: t.visitors.conversationId })
      .from(t.visitors)
      .leftJoin(t.operators, eq(t.operators.id, row.assigneeId ?? ''))
      .where(eq(t.visitors.id, row.visitorId));
    if (!found) return;
    bus.publish(
      topics.visitor(row.visitorId),
      frame({
        type: 'conversation',
        conversation: toVisitorConversation(row, found.operatorName),
        current: found.current,
      }),
    );
  };

  const publishRows = async (siteId: string, happenings: readonly Happening[], last: number) => {
    const ids = happenings.map(({ conversation }) => conversation.id);
    const rows = new Map((await summariesOf(read, t, siteId, ids)).map((row) => [row.id, row]));
    let change = last - ids.length;
    for (const id of ids) {
      const conversation = rows.get(id);
      change++;
      if (conversation) bus.publish(topics.staff(siteId), frame({ type: 'change', change, conversation }));
    }
    changes.set(siteId, last);
  };

  const countLater = (siteId: string) => {
    if (counting.has(siteId)) return;
    const count = async () => {
      counting.delete(siteId);
      bus.publish(topics.staff(siteId), frame({ type: 'counts', counts: await countViews(read, t, siteId) }));
    };
    const timer = setTimeout(() => count().catch((error) => onError(error, 'counts')), COUNTS_EVERY_MS);
    counting.set(siteId, timer.unref());
  };

  return {
    announce(batch, happening) {
      const { siteId } = happening.conversation;
      const key = `changes:${siteId}`;
      batch.afterCommit(() => publishEvents(happening));
      // One row per conversation of a batch, as it stands after its last write.
      const before = batch.get<Map<string, Happening>>(key);
      const after = new Map(before);
      const { id } = happening.conversation;
      after.set(id, { ...happening, headChanged: happening.headChanged || (before?.get(id)?.headChanged ?? false) });
      batch.set(key, after);
      batch.finish(key, async (db) => {
        const all = [...(batch.get<Map<string, Happening>>(key)?.values() ?? [])];
        const [row] = await db
          .insert(t.siteChanges)
          .values({ siteId, no: all.length })
          .onConflictDoUpdate({ target: t.siteChanges.siteId, set: { no: sql`${t.siteChanges.no} + ${all.length}` } })
          .returning();
        const last = row?.no ?? 0;
        batch.afterCommit(() => {
          telling = telling
            .then(async () => {
              await publishRows(siteId, all, last);
              for (const { conversation, headChanged } of all) if (headChanged) await publishHead(conversation);
              countLater(siteId);
            })
            .catch((error) => onError(error, 'announce'));
        });
      });
    },
    top: (conversationId) => tops.get(conversationId),
    change: (siteId) => changes.get(siteId),
    stop() {
      for (const timer of counting.values()) clearTimeout(timer);
    },
  };
}
