import { eq, sql } from 'drizzle-orm';
import type { Author, LogEvent, LogEventType } from '../protocol/entities.ts';
import { type AuthorKind, type Db, type EventBody, type Persistence, prepared } from '../store/index.ts';
import type { CommandContext } from './inbox.ts';

export type ConversationRow = Persistence['t']['conversations']['$inferSelect'];
export type EventRow = Persistence['t']['events']['$inferSelect'];

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

/** Characters of the last line that lists show. */
const LINE_CHARS = 160;

const value = sql.placeholder;
const putEvent = prepared('put-event', (db, t) =>
  db.insert(t.events).values({
    conversationId: value('conversationId'),
    seq: value('seq'),
    visitorSeq: value('visitorSeq'),
    siteId: value('siteId'),
    type: value('type'),
    authorKind: value('authorKind'),
    authorId: value('authorId'),
    authorName: value('authorName'),
    senderId: value('senderId'),
    commandId: value('commandId'),
    bodyHash: value('bodyHash'),
    body: value('body'),
    at: value('at'),
  }),
);

/** Updates of a conversation's row by what they set: a handful of shapes, each built once. */
const advances = new Map<string, ReturnType<typeof buildAdvance>>();

function buildAdvance(name: string, event: NewEvent) {
  const seen = event.audience === 'both';
  const { change = {}, seenBy } = event;
  return prepared(name, (db, { conversations: c }) => {
    const visitorSeq = sql`${c.visitorSeq} + 1`;
    return db
      .update(c)
      .set({
        // Null is part of the shape: a prepared query cannot be given one for a time or for JSON.
        ...Object.fromEntries(Object.entries(change).map(([key, to]) => [key, to === null ? null : value(key)])),
        // The builder encodes it by its column; only its type does not know placeholders here.
        lastEventAt: value('at') as unknown as Date,
        staffSeq: sql`${c.staffSeq} + 1`,
        ...(seen && { visitorSeq }),
        ...(seenBy === 'visitor' && { visitorDelivered: visitorSeq, visitorRead: visitorSeq }),
        ...(seenBy === 'staff' && { staffDelivered: visitorSeq, staffRead: visitorSeq, unread: 0 }),
        ...(event.author.kind === 'visitor' && seen && { unread: sql`${c.unread} + 1` }),
      })
      .where(eq(c.id, value('id')))
      .returning();
  });
}

/** The update that gives an event its numbers, and the values it takes from the event. */
function advance(db: Db, t: Persistence['t'], event: NewEvent) {
  const change = Object.entries(event.change ?? {}).filter(([, to]) => to !== undefined);
  const shape = [
    ...[event.audience, event.seenBy ?? '', event.author.kind === 'visitor'],
    ...change.map(([key, to]) => (to === null ? `${key}=null` : key)),
  ].join();
  const known =
    advances.get(shape) ?? buildAdvance(`advance-${advances.size}`, { ...event, change: Object.fromEntries(change) });
  advances.set(shape, known);
  const query = known(db, t);
  const values = Object.fromEntries(change.filter(([, to]) => to !== null));
  return { execute: (all: Record<string, unknown>) => query.execute(all), values };
}

/**
 * Appends one event: the conversation's row first (it locks in both engines, so that parallel appends line up there and
 * `seq` has no gaps), then the event with the numbers it gave [SQ1–SQ3].
 */
export async function append(
  db: Db,
  t: Persistence['t'],
  conversationId: string,
  event: NewEvent,
  { at, command }: Pick<CommandContext, 'at' | 'command'>,
): Promise<{ conversation: ConversationRow; event: EventRow }> {
  const seen = event.audience === 'both';
  const { execute, values } = advance(db, t, event);
  const [conversation] = await execute({ ...values, id: conversationId, at });
  if (!conversation) throw new Error(`conversation ${conversationId} has no row`);
  const row: EventRow = {
    conversationId,
    seq: conversation.staffSeq,
    visitorSeq: seen ? conversation.visitorSeq : null,
    siteId: conversation.siteId,
    type: event.type,
    authorKind: event.author.kind,
    authorId: event.author.id,
    authorName: event.author.name,
    senderId: command.senderId,
    commandId: command.id,
    bodyHash: command.bodyHash,
    body: event.body,
    at,
  };
  await putEvent(db, t).execute({ ...row });
  return { conversation, event: row };
}

/** Half of a pair at the end of a text that was cut: Postgres does not take it. */
const CUT_PAIR = /[\ud800-\udbff]$/;

/** The beginning of a text, without half a character at its end. */
export const cutText = (text: string, chars: number): string => text.slice(0, chars).replace(CUT_PAIR, '');

/** The line that lists show of a message. */
export function lineOf(kind: AuthorKind, name: string, text: string): ConversationRow['lastLine'] {
  const line = text.replace(/\s+/g, ' ').trim();
  return { author: kind, name, text: line.length > LINE_CHARS ? `${cutText(line, LINE_CHARS - 1)}…` : line };
}

/** An event as one audience gets it; null when it is not for that audience. */
export function toLogEvent(row: EventRow, audience: 'visitor' | 'staff'): LogEvent | null {
  if (audience === 'visitor' && row.visitorSeq === null) return null;
  return {
    id: row.commandId,
    conversation: row.conversationId,
    seq: audience === 'visitor' ? row.visitorSeq : row.seq,
    ...(audience === 'staff' && row.visitorSeq !== null && { visitorSeq: row.visitorSeq }),
    at: row.at.toISOString(),
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    type: row.type,
    ...row.body,
  } as LogEvent;
}
