import { randomUUIDv7 } from 'node:crypto';
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Trigger } from '../protocol/entities.ts';
import type { PublicTrigger } from '../protocol/public-site.ts';
import type { LocaleCode, Localised, TriggerInput } from '../protocol/site-settings.ts';
import type { Db, Persistence } from '../store/index.ts';

type TriggerRow = Persistence['t']['triggers']['$inferSelect'];
type Counts = Trigger['counts'];

const inLocale = (text: Localised, locale: LocaleCode) => text[locale] || Object.values(text).find(Boolean) || '';

/** A site's triggers in their order, with what became of their invitations. */
export async function listTriggers(db: Db, t: Persistence['t'], siteId: string): Promise<Trigger[]> {
  const rows = await db
    .select()
    .from(t.triggers)
    .where(eq(t.triggers.siteId, siteId))
    .orderBy(asc(t.triggers.position), asc(t.triggers.createdAt));
  const i = t.invitations;
  const counted = await db
    .select({
      id: i.triggerId,
      shown: count(i.shownAt),
      accepted: count(i.acceptedAt),
      dismissed: count(i.dismissedAt),
    })
    .from(i)
    .where(eq(i.siteId, siteId))
    .groupBy(i.triggerId);
  const counts = new Map<string, Counts>(counted.map(({ id, ...numbers }) => [id, numbers]));
  return rows.map((row) => toTrigger(row, counts.get(row.id) ?? { shown: 0, accepted: 0, dismissed: 0 }));
}

function toTrigger(row: TriggerRow, counts: Counts): Trigger {
  const { id, name, enabled, conditions, text, show, position, createdAt } = row;
  return { id, name, enabled, conditions, text, show, position, createdAt: createdAt.toISOString(), counts };
}

export async function createTrigger(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  input: TriggerInput,
  at: Date,
): Promise<Trigger> {
  const row: TriggerRow = { id: randomUUIDv7(), siteId, ...input, createdAt: at, updatedAt: at };
  await db.insert(t.triggers).values(row);
  return toTrigger(row, { shown: 0, accepted: 0, dismissed: 0 });
}

const ofSite = (t: Persistence['t'], siteId: string, id: string) =>
  and(eq(t.triggers.id, id), eq(t.triggers.siteId, siteId));

/** False when the site has no such trigger. */
export async function changeTrigger(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  id: string,
  input: TriggerInput,
  at: Date,
): Promise<boolean> {
  const rows = await db
    .update(t.triggers)
    .set({ ...input, updatedAt: at })
    .where(ofSite(t, siteId, id))
    .returning({ id: t.triggers.id });
  return rows.length > 0;
}

/** False when the site has no such trigger. */
export async function deleteTrigger(db: Db, t: Persistence['t'], siteId: string, id: string): Promise<boolean> {
  const rows = await db
    .delete(t.triggers)
    .where(ofSite(t, siteId, id))
    .returning({ id: t.triggers.id });
  return rows.length > 0;
}

/** Triggers that may still show to a visitor: on, and neither shown, accepted nor dismissed before. */
export async function triggersFor(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  visitorId: string,
  locale: LocaleCode,
  from: string,
): Promise<PublicTrigger[]> {
  const rows = await db
    .select()
    .from(t.triggers)
    .where(and(eq(t.triggers.siteId, siteId), eq(t.triggers.enabled, true)))
    .orderBy(asc(t.triggers.position), asc(t.triggers.createdAt));
  if (rows.length === 0) return [];
  const { invitations: i } = t;
  const past = await db
    .select({ id: i.triggerId })
    .from(i)
    .where(
      and(
        eq(i.siteId, siteId),
        eq(i.visitorId, visitorId),
        inArray(
          i.triggerId,
          rows.map(({ id }) => id),
        ),
      ),
    );
  const shown = new Set(past.map(({ id }) => id));
  return rows
    .filter(({ id }) => !shown.has(id))
    .map(({ id, conditions, text, show }) => ({ id, conditions, text: inLocale(text, locale), show, from }));
}

/** The words of an invitation; null when the site has no such trigger (any more). */
export async function invitationText(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  id: string,
  locale: LocaleCode,
): Promise<string | null> {
  const [row] = await db
    .select({ text: t.triggers.text })
    .from(t.triggers)
    .where(ofSite(t, siteId, id));
  return row ? inLocale(row.text, locale) : null;
}

/** Notes what became of an invitation; each outcome keeps its first time. */
export async function noteOutcome(
  db: Db,
  t: Persistence['t'],
  key: { siteId: string; visitorId: string; triggerId: string },
  outcome: 'shown' | 'accepted' | 'dismissed',
  at: Date,
): Promise<void> {
  const { invitations: i } = t;
  const mine = and(eq(i.siteId, key.siteId), eq(i.visitorId, key.visitorId), eq(i.triggerId, key.triggerId));
  const [trigger] = await db
    .select({ id: t.triggers.id })
    .from(t.triggers)
    .where(ofSite(t, key.siteId, key.triggerId));
  if (!trigger) return;
  const [known] = await db.select().from(i).where(mine);
  const change = {
    shownAt: known?.shownAt ?? at,
    ...(outcome === 'accepted' && { acceptedAt: known?.acceptedAt ?? at }),
    ...(outcome === 'dismissed' && { dismissedAt: known?.dismissedAt ?? at }),
  };
  if (known) await db.update(i).set(change).where(mine);
  else await db.insert(i).values({ ...key, ...change });
}
