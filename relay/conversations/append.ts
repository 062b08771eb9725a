import { eq, sql } from 'drizzle-orm';
import type { Author, LogEvent, LogEventType } from '../protocol/entities.ts';
import type { AuthorKind, Db, EventBody, Persistence } from '../store/index.ts';
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
  const visitorSeq = sql`${t.conversations.visitorSeq} + 1`;
  const [conversation] = await db
    .update(t.conversations)
    .set({
      ...event.change,
      lastEventAt: at,
      staffSeq: sql`${t.conversations.staffSeq} + 1`,
      ...(seen && { visitorSeq }),
      ...(event.seenBy === 'visitor' && { visitorDelivered: visitorSeq, visitorRead: visitorSeq }),
      ...(event.seenBy === 'staff' && { staffDelivered: visitorSeq, staffRead: visitorSeq, unread: 0 }),
      ...(event.author.kind === 'visitor' && seen && { unread: sql`${t.conversations.unread} + 1` }),
    })
    .where(eq(t.conversations.id, conversationId))
    .returning();
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
  await db.insert(t.events).values(row);
  return { conversation, event: row };
}

/** The line that lists show of a message. */
export function lineOf(kind: AuthorKind, name: string, text: string): ConversationRow['lastLine'] {
  const line = text.replace(/\s+/g, ' ').trim();
  return { author: kind, name, text: line.length > LINE_CHARS ? `${line.slice(0, LINE_CHARS - 1)}…` : line };
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
