import type { IdentityAlgorithm, Metadata, TriggerInput } from '../../protocol/index.ts';
import type { Kit } from '../kit.ts';
import type { Attributes } from '../stored.ts';
import { commonColumns } from './columns.ts';

/** Visitors, their visits, and what invites them. */
export function visitorTables(kit: Kit) {
  const { table, text, int, bool, time, json, index, uniqueIndex, primaryKey } = kit;
  const { id, siteId, createdAt } = commonColumns(kit);

  return {
    visitors: table(
      'visitors',
      {
        id: id(),
        siteId: siteId(),
        number: int('number').notNull(),
        tokenHash: text('token_hash').notNull(),
        /** Since when this token is in use; none: since the first page. */
        tokenSince: time('token_since'),
        name: text('name'),
        email: text('email'),
        phone: text('phone'),
        /** The chat that is theirs to write in; its record is made with the first message. */
        conversationId: text('conversation_id').notNull(),
        /** Their latest visit. */
        visitId: text('visit_id').notNull(),
        visitCount: int('visit_count').notNull().default(0),
        attributes: json<Attributes>('attributes').notNull(),
        /** Who a verified visitor is to the site: the `sub` of their identity token. */
        externalId: text('external_id'),
        /** What an identity token signed, by name: the page cannot change it. */
        signed: json<string[]>('signed'),
        /** The verified visitor whose device this became. Its token and its name as a sender stay here. */
        joinedTo: text('joined_to'),
        firstSeenAt: time('first_seen_at').notNull(),
        lastSeenAt: time('last_seen_at').notNull(),
        locale: text('locale'),
        /** Since when they may not write: an operator ended their chat as spam. */
        barredAt: time('barred_at'),
      },
      (t) => [
        uniqueIndex('visitors_token').on(t.tokenHash),
        uniqueIndex('visitors_external').on(t.siteId, t.externalId),
        uniqueIndex('visitors_number').on(t.siteId, t.number),
        index('visitors_conversation').on(t.conversationId),
      ],
    ),

    /**
     * Tokens beside the one in use: `next` was given out and not shown yet, `signed` too, and ends the one before at once;
     * `old` is good until its time.
     */
    visitorTokens: table(
      'visitor_tokens',
      {
        hash: text('hash').primaryKey(),
        siteId: siteId(),
        visitorId: text('visitor_id').notNull(),
        kind: text<'next' | 'signed' | 'old'>('kind').notNull(),
        until: time('until'),
      },
      (t) => [index('visitor_tokens_visitor').on(t.visitorId)],
    ),

    /** What a site's server signs the identity of its visitors with. */
    identityKeys: table(
      'identity_keys',
      {
        id: id(),
        siteId: siteId(),
        kid: text('kid').notNull(),
        algorithm: text<IdentityAlgorithm>('algorithm').notNull(),
        /** A secret, sealed by a key of `SECRET`; or a public key as PEM. */
        material: text('material').notNull(),
        createdAt: createdAt(),
        /** Since when nothing signed with it is believed. */
        retiredAt: time('retired_at'),
      },
      (t) => [uniqueIndex('identity_keys_kid').on(t.siteId, t.kid)],
    ),

    /** Identity tokens that were shown, by `jti`: each is good for the visitor and the device it was shown for. */
    identityProofs: table(
      'identity_proofs',
      {
        siteId: siteId(),
        jti: text('jti').notNull(),
        visitorId: text('visitor_id').notNull(),
        deviceId: text('device_id').notNull(),
        until: time('until').notNull(),
      },
      (t) => [primaryKey({ columns: [t.siteId, t.jti] }), index('identity_proofs_until').on(t.siteId, t.until)],
    ),

    /** Puzzles that were solved and used, until they end. */
    spentProofs: table('spent_proofs', { id: text('id').primaryKey(), until: time('until').notNull() }, (t) => [
      index('spent_proofs_until').on(t.until),
    ]),

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

    /** What the site's pages told of a visit besides pages. */
    visitEvents: table(
      'visit_events',
      {
        id: id(),
        siteId: siteId(),
        visitId: text('visit_id').notNull(),
        name: text('name').notNull(),
        data: json<Attributes>('data').notNull(),
        at: time('at').notNull(),
      },
      (t) => [index('visit_events_visit').on(t.visitId, t.at)],
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
