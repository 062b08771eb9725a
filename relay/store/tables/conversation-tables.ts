import { sql } from 'drizzle-orm';
import type {
  ConversationChannel,
  ConversationStatus,
  LogEventType,
  Metadata,
  WireError,
} from '../../protocol/index.ts';
import type { Kit } from '../kit.ts';
import type { Attributes, AuthorKind, EventBody, LastLine } from '../stored.ts';
import { commonColumns } from './columns.ts';

/** Conversations, their logs, and the verdicts of commands. */
export function conversationTables(kit: Kit) {
  const { table, text, int, time, json, index, uniqueIndex, primaryKey } = kit;
  const { id, siteId, createdAt } = commonColumns(kit);

  return {
    conversations: table(
      'conversations',
      {
        id: id(),
        siteId: siteId(),
        visitorId: text('visitor_id').notNull(),
        channel: text<ConversationChannel>('channel').notNull(),
        status: text<ConversationStatus>('status').notNull(),
        assigneeId: text('assignee_id'),
        subject: text('subject'),
        reference: text('reference'),
        metadata: json<Metadata>('metadata').notNull(),
        staffSeq: int('staff_seq').notNull().default(0),
        visitorSeq: int('visitor_seq').notNull().default(0),
        /* How far each side has got and read; all four in the visitor's numbers. */
        visitorDelivered: int('visitor_delivered').notNull().default(0),
        visitorRead: int('visitor_read').notNull().default(0),
        staffDelivered: int('staff_delivered').notNull().default(0),
        staffRead: int('staff_read').notNull().default(0),
        unread: int('unread').notNull().default(0),
        waitingSince: time('waiting_since'),
        lastEventAt: time('last_event_at').notNull(),
        lastLine: json<LastLine>('last_line'),
        createdAt: createdAt(),
        closedAt: time('closed_at'),
        ratingScore: int('rating_score'),
        ratingComment: text('rating_comment'),
        ratedAt: time('rated_at'),
        /** When an operator ended it as spam. */
        endedAt: time('ended_at'),
        /** When it closes by itself: since then the visitor is asked whether it is solved. */
        closesAt: time('closes_at'),
      },
      (t) => [
        uniqueIndex('conversations_reference').on(t.siteId, t.reference),
        index('conversations_list').on(t.siteId, t.status, t.assigneeId, t.lastEventAt, t.id),
        index('conversations_latest').on(t.siteId, t.status, t.lastEventAt, t.id),
        index('conversations_visitor').on(t.visitorId, t.createdAt),
        index('conversations_closes').on(t.closesAt).where(sql`${t.closesAt} is not null`),
      ],
    ),

    /** What the site's page said of a conversation; also of one that has no record yet. */
    conversationAttributes: table('conversation_attributes', {
      conversationId: text('conversation_id').primaryKey(),
      siteId: siteId(),
      attributes: json<Attributes>('attributes').notNull(),
    }),

    events: table(
      'events',
      {
        conversationId: text('conversation_id').notNull(),
        /** The staff's number, from 1, without gaps. */
        seq: int('seq').notNull(),
        /** The visitor's number; none when visitors never see it. */
        visitorSeq: int('visitor_seq'),
        siteId: siteId(),
        type: text<LogEventType>('type').notNull(),
        authorKind: text<AuthorKind>('author_kind').notNull(),
        authorId: text('author_id'),
        authorName: text('author_name').notNull(),
        senderId: text('sender_id').notNull(),
        commandId: text('command_id').notNull(),
        /** Which of its command's events it is, from 0; the last one is the command's verdict. */
        part: int('part').notNull().default(0),
        bodyHash: text('body_hash').notNull(),
        body: json<EventBody>('body').notNull(),
        at: time('at').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.conversationId, t.seq] }),
        /*
         * What makes a repeated command do nothing: the idempotency key of all that wrote an event. The id comes first:
         * ids are ordered by time, so that a commit of many conversations touches the few pages at the index's end.
         */
        uniqueIndex('events_command').on(t.commandId, t.senderId, t.siteId, t.part),
      ],
    ),

    /** Final verdicts of commands that wrote no event: refusals, and what was so already. */
    commands: table(
      'commands',
      {
        siteId: siteId(),
        senderId: text('sender_id').notNull(),
        commandId: text('command_id').notNull(),
        n: int('n').notNull(),
        bodyHash: text('body_hash').notNull(),
        conversationId: text('conversation_id'),
        seq: int('seq'),
        visitorSeq: int('visitor_seq'),
        at: time('at').notNull(),
        error: json<WireError>('error'),
        reference: text('reference'),
      },
      (t) => [primaryKey({ columns: [t.siteId, t.senderId, t.commandId] })],
    ),

    /** The number the relay looks at next of each outbox. */
    outboxes: table(
      'outboxes',
      {
        siteId: siteId(),
        senderId: text('sender_id').notNull(),
        id: text('id').notNull(),
        next: int('next').notNull(),
        updatedAt: time('updated_at').notNull(),
      },
      (t) => [primaryKey({ columns: [t.siteId, t.senderId, t.id] })],
    ),
  };
}
