import type {
  ConversationChannel,
  ConversationStatus,
  LogEvent,
  LogEventType,
  Metadata,
  OperatorRole,
  PresenceStatus,
  RichNode,
  SiteSettings,
  TriggerInput,
  WireError,
} from '../protocol/index.ts';
import type { Kit } from './kit.ts';

/** Loses the head that all log events share, and keeps what is the event's own. */
type Headless<E> = E extends unknown
  ? Omit<E, 'id' | 'conversation' | 'seq' | 'visitorSeq' | 'at' | 'author' | 'type'>
  : never;
/** What an event's row holds as JSON; with `type` and the head from its columns it is a `LogEvent` again. */
export type EventBody = Headless<LogEvent>;
/** The last thing said, for lists. */
export type LastLine = { author: AuthorKind; name: string; text: string };
export type AuthorKind = LogEvent['author']['kind'];
/** Who did what an activity row tells of. */
export type ActorKind = 'operator' | 'visitor' | 'relay' | 'nobody';
/** Custom attributes of a visitor. */
export type Attributes = Record<string, string | number | boolean>;

/**
 * Every table, made over a column kit. Ids are UUIDv7 in text, times are `Date`s, JSON columns are typed. There are no
 * foreign keys: rows are only ever reached through their site.
 */
export function makeSchema(kit: Kit) {
  const { table, text, int, bool, time, json, blob, index, uniqueIndex, primaryKey } = kit;
  const id = () => text('id').primaryKey();
  const siteId = () => text('site_id').notNull();
  const createdAt = () => time('created_at').notNull();

  return {
    /** Single values of the whole store, such as its epoch. */
    meta: table('meta', { key: text('key').primaryKey(), value: text('value').notNull() }),

    sites: table(
      'sites',
      {
        id: id(),
        key: text('key').notNull(),
        name: text('name').notNull(),
        origins: json<string[]>('origins').notNull(),
        settings: json<SiteSettings>('settings').notNull(),
        visitorCount: int('visitor_count').notNull().default(0),
        createdAt: createdAt(),
      },
      (t) => [uniqueIndex('sites_key').on(t.key)],
    ),

    /** The change number of a site's lists in the console. */
    siteChanges: table('site_changes', { siteId: text('site_id').primaryKey(), no: int('no').notNull() }),

    operators: table(
      'operators',
      {
        id: id(),
        /** In lower case. */
        email: text('email').notNull(),
        name: text('name').notNull(),
        passwordHash: text('password_hash').notNull(),
        status: text<PresenceStatus>('status').notNull(),
        createdAt: createdAt(),
        deletedAt: time('deleted_at'),
      },
      (t) => [uniqueIndex('operators_email').on(t.email)],
    ),

    members: table(
      'members',
      { siteId: siteId(), operatorId: text('operator_id').notNull(), role: text<OperatorRole>('role').notNull() },
      (t) => [primaryKey({ columns: [t.siteId, t.operatorId] }), index('members_operator').on(t.operatorId)],
    ),

    operatorSessions: table(
      'operator_sessions',
      {
        /** SHA-256 of the cookie's token. */
        id: id(),
        operatorId: text('operator_id').notNull(),
        createdAt: createdAt(),
        lastSeenAt: time('last_seen_at').notNull(),
        expiresAt: time('expires_at').notNull(),
        ip: text('ip').notNull(),
        userAgent: text('user_agent').notNull(),
      },
      (t) => [index('operator_sessions_operator').on(t.operatorId)],
    ),

    /** Who did what, when, from where. */
    activity: table(
      'activity',
      {
        id: id(),
        siteId: text('site_id'),
        actorKind: text<ActorKind>('actor_kind').notNull(),
        actorId: text('actor_id'),
        action: text('action').notNull(),
        subject: text('subject'),
        detail: json<Record<string, unknown>>('detail').notNull(),
        ip: text('ip'),
        at: time('at').notNull(),
      },
      (t) => [index('activity_site_at').on(t.siteId, t.at)],
    ),

    visitors: table(
      'visitors',
      {
        id: id(),
        siteId: siteId(),
        number: int('number').notNull(),
        tokenHash: text('token_hash').notNull(),
        name: text('name'),
        email: text('email'),
        phone: text('phone'),
        /** The chat that is theirs to write in; its record is made with the first message. */
        conversationId: text('conversation_id').notNull(),
        /** Their latest visit. */
        visitId: text('visit_id').notNull(),
        visitCount: int('visit_count').notNull().default(0),
        attributes: json<Attributes>('attributes').notNull(),
        firstSeenAt: time('first_seen_at').notNull(),
        lastSeenAt: time('last_seen_at').notNull(),
        locale: text('locale'),
      },
      (t) => [
        uniqueIndex('visitors_token').on(t.tokenHash),
        uniqueIndex('visitors_number').on(t.siteId, t.number),
        index('visitors_conversation').on(t.conversationId),
      ],
    ),

    visits: table(
      'visits',
      {
        id: id(),
        siteId: siteId(),
        visitorId: text('visitor_id').notNull(),
        number: int('number').notNull(),
        startedAt: time('started_at').notNull(),
        lastSeenAt: time('last_seen_at').notNull(),
        metadata: json<Metadata>('metadata').notNull(),
        /** Pages seen; their trail is in `pageViews`. */
        pageCount: int('page_count').notNull().default(0),
      },
      (t) => [index('visits_visitor').on(t.visitorId, t.startedAt)],
    ),

    pageViews: table(
      'page_views',
      {
        id: id(),
        siteId: siteId(),
        visitId: text('visit_id').notNull(),
        url: text('url').notNull(),
        title: text('title').notNull(),
        at: time('at').notNull(),
        leftAt: time('left_at'),
      },
      (t) => [index('page_views_visit').on(t.visitId, t.at)],
    ),

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
      },
      (t) => [
        uniqueIndex('conversations_reference').on(t.siteId, t.reference),
        index('conversations_list').on(t.siteId, t.status, t.assigneeId, t.lastEventAt),
        index('conversations_visitor').on(t.visitorId, t.createdAt),
      ],
    ),

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
        bodyHash: text('body_hash').notNull(),
        body: json<EventBody>('body').notNull(),
        at: time('at').notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.conversationId, t.seq] }),
        uniqueIndex('events_visitor_seq').on(t.conversationId, t.visitorSeq),
        index('events_command').on(t.siteId, t.senderId, t.commandId),
      ],
    ),

    /** Every final verdict: the idempotency key of a sender's commands. */
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

    articles: table(
      'articles',
      {
        id: id(),
        siteId: siteId(),
        locale: text('locale').notNull(),
        slug: text('slug').notNull(),
        title: text('title').notNull(),
        section: text('section').notNull(),
        summary: text('summary').notNull(),
        markdown: text('markdown').notNull(),
        nodes: json<RichNode[]>('nodes').notNull(),
        externalId: text('external_id'),
        translationKey: text('translation_key'),
        position: int('position').notNull().default(0),
        pinned: bool('pinned').notNull().default(false),
        views: int('views').notNull().default(0),
        status: text<'published' | 'draft'>('status').notNull(),
        createdAt: createdAt(),
        updatedAt: time('updated_at').notNull(),
      },
      (t) => [
        uniqueIndex('articles_slug').on(t.siteId, t.locale, t.slug),
        index('articles_external').on(t.siteId, t.externalId),
      ],
    ),

    files: table(
      'files',
      {
        siteId: siteId(),
        hash: text('hash').notNull(),
        mime: text('mime').notNull(),
        size: int('size').notNull(),
        bytes: blob('bytes').notNull(),
        createdAt: createdAt(),
      },
      (t) => [primaryKey({ columns: [t.siteId, t.hash] })],
    ),

    triggers: table(
      'triggers',
      {
        id: id(),
        siteId: siteId(),
        name: text('name').notNull(),
        enabled: bool('enabled').notNull(),
        conditions: json<TriggerInput['conditions']>('conditions').notNull(),
        text: json<TriggerInput['text']>('text').notNull(),
        show: text<TriggerInput['show']>('show').notNull(),
        position: int('position').notNull(),
        createdAt: createdAt(),
        updatedAt: time('updated_at').notNull(),
      },
      (t) => [index('triggers_site').on(t.siteId, t.position)],
    ),

    /** What became of a trigger's invitation at one visitor. */
    invitations: table(
      'invitations',
      {
        siteId: siteId(),
        visitorId: text('visitor_id').notNull(),
        triggerId: text('trigger_id').notNull(),
        shownAt: time('shown_at'),
        acceptedAt: time('accepted_at'),
        dismissedAt: time('dismissed_at'),
        /** When its text became part of a conversation. */
        answeredAt: time('answered_at'),
      },
      (t) => [
        primaryKey({ columns: [t.siteId, t.visitorId, t.triggerId] }),
        index('invitations_trigger').on(t.siteId, t.triggerId),
      ],
    ),
  };
}

export type Schema = ReturnType<typeof makeSchema>;
