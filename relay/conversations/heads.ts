import { and, eq, sql } from 'drizzle-orm';
import type { Author } from '../protocol/entities.ts';
import type { LogEventType } from '../protocol/log-event.ts';
import { type Batch, type Db, type EventBody, orNull, type Persistence, prepared } from '../store/index.ts';
import type { CommandContext } from './inbox.ts';
import type { ConversationRow, EventRow } from './log-events.ts';
import { createRecent } from './recent.ts';
import { conversationRow } from './store.ts';

/** An event before it has its numbers. */
export interface NewEvent {
  type: LogEventType;
  author: Author;
  body: EventBody;
  /** `staff`: leaves no trace in the visitor's numbers. */
  audience: 'both' | 'staff';
  /** The side that wrote it has seen everything up to it. */
  seenBy?: 'visitor' | 'staff';
  /** What goes along with the event on the conversation's own row. */
  change?: Partial<ConversationRow>;
}

/** Conversations as the writes of a batch leave them: each is read once, changed in notes, and written back at the end. */
export interface Heads {
  /** A conversation's row as this batch has it so far, of this site alone. Its marks may be a moment old. */
  of(db: Db, batch: Batch, siteId: string, id: string): Promise<ConversationRow | undefined>;
  /** Gives a conversation to another visitor, with the batch; undefined when there is none. */
  give(db: Db, batch: Batch, siteId: string, id: string, visitorId: string): Promise<ConversationRow | undefined>;
  /** Makes a conversation, to be stored with the batch; its first event has to follow. */
  begin(batch: Batch, row: ConversationRow): void;
  /**
   * Appends one event to a conversation that `of` or `begin` gave this batch, and gives it its numbers [SQ1–SQ3]. In
   * one batch one writer holds the conversation (its name is locked), so the numbers have no gaps; the store's unique
   * indexes would refuse anything else. `part`: which of its command's events it is, from 0.
   */
  append(
    batch: Batch,
    conversationId: string,
    event: NewEvent,
    context: Pick<CommandContext, 'at' | 'command'> & { part?: number },
  ): { conversation: ConversationRow; event: EventRow };
  /** The events of a conversation that this batch has appended so far, oldest first. */
  appended(batch: Batch, conversationId: string): EventRow[];
  /** Gives an event another body, once the batch's own events are stored. */
  rewrite(batch: Batch, event: Pick<EventRow, 'conversationId' | 'seq'>, body: EventBody): void;
  /** The body that this batch has given an event, if it has. */
  rewritten(batch: Batch, event: Pick<EventRow, 'conversationId' | 'seq'>): EventBody | undefined;
}

/** Conversations kept in memory where that is allowed; with its metadata one takes about 2 KB. */
const KEPT = 2_000;

/** A conversation as the writes of one batch leave it: read once, changed in notes, written back before the commit. */
interface Head {
  row: ConversationRow;
  /** It has no row in the store yet. */
  fresh: boolean;
  /** This batch has appended to it, and so will write it back. */
  changed: boolean;
  /** The visitor's side has seen all it wrote, and so has the staff's. */
  visitorSeen: boolean;
  staffSeen: boolean;
  /** What the visitor's side added to `unread` since the staff last saw everything. */
  unread: number;
}

/** Sorts behind the events of the batch, which may be among those it changes. */
const bodyKey = ({ conversationId, seq }: Pick<EventRow, 'conversationId' | 'seq'>) =>
  `rewrite:${conversationId}:${seq}`;
const headKey = (id: string) => `conversation:${id}`;

const untouched = { fresh: false, changed: false, visitorSeen: false, staffSeen: false, unread: 0 };

/** Placeholders of the columns' own names. */
const settable = (c: Persistence['t']['conversations'], names: readonly (keyof ConversationRow)[]) =>
  Object.fromEntries(names.map((name) => [name, orNull(c[name], name)]));

/** The write-back of a conversation's row: what the batch changed, and marks only of the side that wrote. */
const writeBack = (visitorSeen: boolean, staffSeen: boolean) =>
  prepared(`write-back-${visitorSeen}-${staffSeen}`, (db, { conversations: c }) =>
    db
      .update(c)
      .set({
        ...settable(c, ['status', 'assigneeId', 'staffSeq', 'visitorSeq']),
        ...settable(c, ['waitingSince', 'lastEventAt', 'lastLine', 'closedAt']),
        // The marks of the side that wrote, and nothing of the other's: those are written by themselves.
        ...(visitorSeen && settable(c, ['visitorDelivered', 'visitorRead'])),
        ...(staffSeen && settable(c, ['staffDelivered', 'staffRead'])),
        unread: staffSeen ? orNull(c.unread, 'unread') : sql`${c.unread} + ${orNull(c.unread, 'unread')}`,
      })
      .where(eq(c.id, sql.placeholder('id'))),
  );
const writeBacks = [
  [writeBack(false, false), writeBack(false, true)],
  [writeBack(true, false), writeBack(true, true)],
] as const;

/** Events of a batch, in the order of their writes; the note counts those that stand. */
interface Events {
  rows: EventRow[];
  count: number;
}
const EVENTS = 'events';

function putEvent(store: Persistence, batch: Batch, row: EventRow): void {
  const begun = batch.get<Events>(EVENTS);
  const { rows, count } = begun ?? { rows: [], count: 0 };
  // What a write that was dropped left behind it.
  rows.length = count;
  rows.push(row);
  batch.set<Events>(EVENTS, { rows, count: count + 1 });
  if (begun) return;
  batch.finish(EVENTS, async (db) => {
    const all = batch.get<Events>(EVENTS);
    if (all) await store.insertRows(db, store.t.events, all.rows.slice(0, all.count));
  });
}

export function createHeads(store: Persistence): Heads {
  const { t } = store;
  const recent = createRecent<ConversationRow>(store.exclusive, KEPT);

  const write = async (db: Db, batch: Batch, head: Head) => {
    const { row, fresh, visitorSeen, staffSeen, unread } = head;
    recent.set(batch, row.id, row);
    if (fresh) await db.insert(t.conversations).values(row);
    else await writeBacks[visitorSeen ? 1 : 0][staffSeen ? 1 : 0](db, t).execute({ ...row, unread });
  };

  return {
    async of(db, batch, siteId, id) {
      const known = batch.get<Head>(headKey(id));
      const row = known?.row ?? recent.get(id) ?? (await conversationRow(db, t, siteId, id));
      if (row?.siteId !== siteId) return undefined;
      if (!known) batch.set<Head>(headKey(id), { ...untouched, row });
      return row;
    },
    async give(db, batch, siteId, id, visitorId) {
      const row = await this.of(db, batch, siteId, id);
      const head = batch.get<Head>(headKey(id));
      if (!row || !head) return undefined;
      const given = { ...row, visitorId };
      batch.set<Head>(headKey(id), { ...head, row: given });
      batch.finish(`give:${id}`, async (inner) => {
        recent.set(batch, id, batch.get<Head>(headKey(id))?.row ?? given);
        await inner.update(t.conversations).set({ visitorId }).where(eq(t.conversations.id, id));
      });
      return given;
    },
    begin(batch, row) {
      batch.set<Head>(headKey(row.id), { ...untouched, row, fresh: true });
    },
    append(batch, conversationId, event, { at, command, part = 0 }) {
      const key = headKey(conversationId);
      const head = batch.get<Head>(key);
      if (!head) throw new Error(`conversation ${conversationId} was not read in this batch`);
      const seen = event.audience === 'both';
      const { seenBy } = event;
      const fromVisitor = event.author.kind === 'visitor' && seen && event.type !== 'rating';
      const visitorSeq = head.row.visitorSeq + (seen ? 1 : 0);
      const unread = seenBy === 'staff' ? 0 : fromVisitor ? head.unread + 1 : head.unread;
      const conversation: ConversationRow = {
        ...head.row,
        ...event.change,
        lastEventAt: event.change?.lastEventAt ?? at,
        staffSeq: head.row.staffSeq + 1,
        visitorSeq,
        ...(seenBy === 'visitor' && { visitorDelivered: visitorSeq, visitorRead: visitorSeq }),
        ...(seenBy === 'staff' && { staffDelivered: visitorSeq, staffRead: visitorSeq }),
        unread: seenBy === 'staff' ? 0 : head.row.unread + (fromVisitor ? 1 : 0),
      };
      batch.set<Head>(key, {
        row: conversation,
        fresh: head.fresh,
        changed: true,
        visitorSeen: head.visitorSeen || seenBy === 'visitor',
        staffSeen: head.staffSeen || seenBy === 'staff',
        unread,
      });
      if (!head.changed)
        batch.finish(key, async (db) => {
          const last = batch.get<Head>(key);
          if (last) await write(db, batch, last);
        });
      const row: EventRow = {
        conversationId,
        seq: conversation.staffSeq,
        visitorSeq: seen ? visitorSeq : null,
        siteId: conversation.siteId,
        type: event.type,
        authorKind: event.author.kind,
        authorId: event.author.id,
        authorName: event.author.name,
        senderId: command.senderId,
        commandId: command.id,
        part,
        bodyHash: command.bodyHash,
        body: event.body,
        at,
      };
      putEvent(store, batch, row);
      return { conversation, event: row };
    },
    appended(batch, conversationId) {
      const { rows = [], count = 0 } = batch.get<Events>(EVENTS) ?? {};
      return rows.slice(0, count).filter((row) => row.conversationId === conversationId);
    },
    rewrite(batch, event, body) {
      const key = bodyKey(event);
      batch.set<EventBody>(key, body);
      const { conversationId, seq } = event;
      batch.finish(key, async (db) => {
        const last = batch.get<EventBody>(key) ?? body;
        await db
          .update(t.events)
          .set({ body: last })
          .where(and(eq(t.events.conversationId, conversationId), eq(t.events.seq, seq)));
      });
    },
    rewritten: (batch, event) => batch.get<EventBody>(bodyKey(event)),
  };
}
