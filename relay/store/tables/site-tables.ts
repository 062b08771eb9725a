import type { OperatorRole, PresenceStatus, SiteSettings } from '../../protocol/index.ts';
import type { Kit } from '../kit.ts';
import type { ActorKind } from '../stored.ts';
import { commonColumns } from './columns.ts';

/** Sites, who works for them, and what was done. */
export function siteTables(kit: Kit) {
  const { table, text, int, bool, time, json, index, uniqueIndex, primaryKey } = kit;
  const { id, siteId, createdAt } = commonColumns(kit);

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
        /** Whether everybody who works for the site has to have a second factor. */
        secondFactorDemanded: bool('second_factor_demanded').notNull().default(false),
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
        /** When somebody else gave it to them; null: it is one of their own. */
        passwordGivenAt: time('password_given_at'),
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

    /** The second factor of an operator: what their authenticator app makes codes with. */
    secondFactors: table('second_factors', {
      operatorId: text('operator_id').primaryKey(),
      /** Sealed by a key of `SECRET`. */
      secret: text('secret').notNull(),
      createdAt: createdAt(),
      /** Null until a first code was right: it is not asked for yet. */
      confirmedAt: time('confirmed_at'),
      /** The step of the code used last; no earlier one is good any more. */
      lastStep: int('last_step').notNull(),
    }),

    /** Codes for an operator whose phone is lost; each goes when it is used. */
    recoveryCodes: table(
      'recovery_codes',
      {
        operatorId: text('operator_id').notNull(),
        /** SHA-256 of the code. */
        hash: text('hash').notNull(),
      },
      (t) => [primaryKey({ columns: [t.operatorId, t.hash] })],
    ),

    /** Sign-ins whose password was right and whose second factor is awaited. */
    signInTickets: table(
      'sign_in_tickets',
      {
        /** SHA-256 of the ticket. */
        id: id(),
        operatorId: text('operator_id').notNull(),
        expiresAt: time('expires_at').notNull(),
      },
      (t) => [index('sign_in_tickets_operator').on(t.operatorId)],
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
  };
}
