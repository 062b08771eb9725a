import { randomUUIDv7 } from 'node:crypto';
import type { ActorKind, Db, Schema } from '../store/index.ts';

/** One line of the activity log: who did what, when, from where. */
export interface ActivityEntry {
  /** null: of no site, such as a refused sign-in of somebody unknown. */
  siteId: string | null;
  actor: { kind: ActorKind; id: string | null };
  action: string;
  /** The id of what it was done to. */
  subject?: string;
  detail?: Record<string, unknown>;
  ip?: string;
  at: Date;
}

/** Writes the line, in the transaction of what it tells of. */
export async function recordActivity(db: Db, t: Schema, entry: ActivityEntry): Promise<void> {
  await db.insert(t.activity).values({
    id: randomUUIDv7(),
    siteId: entry.siteId,
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    action: entry.action,
    subject: entry.subject ?? null,
    detail: entry.detail ?? {},
    ip: entry.ip ?? null,
    at: entry.at,
  });
}
