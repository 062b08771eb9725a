import { eq, sql } from 'drizzle-orm';
import { type Bus, topics } from '../bus/bus.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import type { Batch, Db, Persistence } from '../store/index.ts';
import { type ConversationRow, type EventRow, eventFrames } from './log-events.ts';
import { summariesOf, toVisitorConversation } from './store.ts';
import type { ViewCounter } from './view-counts.ts';

/** Conversations whose top numbers are kept for heartbeats; the oldest go first. */
const TOPS_KEPT = 200_000;
/** Views are counted once for all changes of so many milliseconds. */
const COUNTS_EVERY_MS = 300;
/** Rows of the lists go out so often at most: a busy site changes hundreds at once, and a console draws them together. */
const ROWS_EVERY_MS = 100;

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

/** Changes of a site's lists that are still to be told. */
interface Untold {
  ids: Set<string>;
  /** Runs of change numbers; other relays give numbers of the same site, so that there may be holes. */
  runs: { from: number; to: number }[];
}

export function createAnnouncer(deps: {
  store: Persistence;
  bus: Bus;
  counter: ViewCounter;
  onError(error: unknown, where: string): void;
}): Announcer {
  const { store, bus, counter, onError } = deps;
  const { t, read } = store;
  const tops = new Map<string, { visitor: number; staff: number }>();
  const changes = new Map<string, number>();
  const untold = new Map<string, Untold>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /* Rows are read after the commit; one after the other, so that change numbers go out in their order. */
  let telling: Promise<void> = Promise.resolve();

  const publishEvents = (conversation: ConversationRow, events: readonly EventRow[]) => {
    tops.delete(conversation.id);
    tops.set(conversation.id, { visitor: conversation.visitorSeq, staff: conversation.staffSeq });
    const oldest = tops.size > TOPS_KEPT ? tops.keys().next().value : undefined;
    if (oldest !== undefined) tops.delete(oldest);
    for (const row of events) {
      const { forVisitor, forStaff } = eventFrames(row);
      if (forVisitor !== null) bus.publish(topics.visitor(conversation.visitorId), forVisitor);
      bus.publish(topics.conversation(conversation.id), forStaff);
    }
  };

  const publishHead = async (id: string) => {
    const { conversations: c, visitors, operators } = t;
    const [found] = await read
      .select({ row: c, operatorName: operators.name, current: visitors.conversationId })
      .from(c)
      .innerJoin(visitors, eq(visitors.id, c.visitorId))
      .leftJoin(operators, eq(operators.id, c.assigneeId))
      .where(eq(c.id, id));
    if (!found) return;
    const conversation = toVisitorConversation(found.row, found.operatorName);
    bus.publish(
      topics.visitor(found.row.visitorId),
      frame({ type: 'conversation', conversation, current: found.current }),
    );
  };

  const publishRows = async (siteId: string) => {
    const all = untold.get(siteId);
    if (!all) return;
    untold.delete(siteId);
    let conversations = await summariesOf(read, t, siteId, [...all.ids]);
    for (const { from, to } of all.runs) {
      bus.publish(topics.staff(siteId), frame({ type: 'changes', from, to, conversations }));
      // The first run carries the rows of all: whoever lacks what is between them loads anew in any case.
      conversations = [];
      changes.set(siteId, to);
    }
  };

  const inTurn = (where: string, tell: () => Promise<void>) => {
    telling = telling.then(tell).catch((error) => onError(error, where));
  };
  /** At once when nothing was told for a while, else together with all that comes until then. */
  const rowsSoon = (siteId: string) => {
    const key = `rows ${siteId}`;
    if (timers.has(key)) return;
    inTurn('rows', () => publishRows(siteId));
    const again = () => {
      timers.delete(key);
      if (untold.has(siteId)) rowsSoon(siteId);
    };
    timers.set(key, setTimeout(again, ROWS_EVERY_MS).unref());
  };
  const countsSoon = (siteId: string) => {
    const key = `counts ${siteId}`;
    counter.moved(siteId);
    if (timers.has(key)) return;
    const count = () => {
      timers.delete(key);
      inTurn('counts', async () =>
        bus.publish(topics.staff(siteId), frame({ type: 'counts', counts: await counter.of(siteId) })),
      );
    };
    timers.set(key, setTimeout(count, COUNTS_EVERY_MS).unref());
  };

  /** The batch's changes of one site get their numbers in its transaction. */
  const numberChanges = async (db: Db, batch: Batch, siteId: string) => {
    const changed = idsOf(batch.get<Changed>(changedKey(siteId)));
    const moved = batch.get<boolean>(movedKey(siteId));
    const [row] = await db
      .insert(t.siteChanges)
      .values({ siteId, no: changed.length })
      .onConflictDoUpdate({ target: t.siteChanges.siteId, set: { no: sql`${t.siteChanges.no} + ${changed.length}` } })
      .returning();
    const to = row?.no ?? 0;
    batch.afterCommit(() => {
      const all = untold.get(siteId) ?? { ids: new Set(), runs: [] };
      untold.set(siteId, all);
      for (const id of changed) all.ids.add(id);
      const last = all.runs.at(-1);
      if (last?.to === to - changed.length) last.to = to;
      else all.runs.push({ from: to - changed.length + 1, to });
      rowsSoon(siteId);
      if (moved) countsSoon(siteId);
    });
  };

  return {
    announce(batch, { conversation, events, headChanged }) {
      const { id, siteId } = conversation;
      batch.afterCommit(() => publishEvents(conversation, events));
      if (headChanged) {
        batch.set(movedKey(siteId), true);
        batch.finish(`head:${id}`, async () => {
          batch.afterCommit(() => {
            inTurn('head', () => publishHead(id));
          });
        });
      }
      // One row per conversation of a batch, as it stands after its last write.
      const key = changedKey(siteId);
      if (batch.get<boolean>(`changed:${id}`)) return;
      batch.set(`changed:${id}`, true);
      batch.set<Changed>(key, { id, before: batch.get<Changed>(key) });
      batch.finish(key, (db) => numberChanges(db, batch, siteId));
    },
    top: (conversationId) => tops.get(conversationId),
    change: (siteId) => changes.get(siteId),
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Conversations of a site that a batch has changed, as a list from the last one back: notes are replaced, never changed. */
interface Changed {
  id: string;
  before: Changed | undefined;
}
/** Noted when a conversation of the batch came to be or moved to another view. */
const movedKey = (siteId: string) => `moved:${siteId}`;
const changedKey = (siteId: string) => `changes:${siteId}`;

function idsOf(last: Changed | undefined): string[] {
  const ids: string[] = [];
  for (let at = last; at; at = at.before) ids.push(at.id);
  return ids.reverse();
}
