import { randomUUIDv7 } from 'node:crypto';
import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Metadata, Visit } from '../protocol/entities.ts';
import type { LocaleCode } from '../protocol/site-settings.ts';
import { type Db, type Persistence, prepared } from '../store/index.ts';
import { hashToken } from './token.ts';
import { sameVisit } from './visit-rules.ts';

export type VisitorRow = Persistence['t']['visitors']['$inferSelect'];
type VisitRow = Persistence['t']['visits']['$inferSelect'];

/** A visitor with the visit they are on. */
export interface Arrival {
  visitor: VisitorRow;
  visit: VisitRow;
}

/**
 * An arrival by token, and which of the visitor's tokens it was: the one in use, the one to follow, the one before.
 * `next`: the number looked at next of the outbox that was asked for; null when it has sent nothing yet. `device`: whose
 * token it is, which is another row than the visitor's where a device has joined a verified visitor.
 */
export type Proved = Arrival & { proof: 'current' | TokenKind; next: number | null; device: VisitorRow };
type TokenKind = Persistence['t']['visitorTokens']['$inferSelect']['kind'];

const value = sql.placeholder;
const arrivals = (db: Db, t: Persistence['t'], where: SQL | undefined) =>
  db
    .select({ visitor: t.visitors, visit: t.visits, next: t.outboxes.next })
    .from(t.visitors)
    .innerJoin(t.visits, eq(t.visits.id, t.visitors.visitId))
    .leftJoin(
      t.outboxes,
      and(
        eq(t.outboxes.siteId, t.visitors.siteId),
        eq(t.outboxes.senderId, t.visitors.id),
        eq(t.outboxes.id, value('outbox')),
      ),
    )
    .where(where);
/* Prepared: thousands come back in one moment when a relay was started anew. */
const byToken = prepared('visitor-by-token', (db, t) =>
  arrivals(db, t, and(eq(t.visitors.tokenHash, value('hash')), eq(t.visitors.siteId, value('siteId')))),
);
const byOtherToken = prepared('visitor-by-other-token', (db, t) => arrivals(db, t, eq(t.visitors.id, value('id'))));

/** The visitor whose token this is, of this site alone; `now` decides whether a former one is still good. */
export async function visitorByToken(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  token: string,
  now: number,
  outbox = '',
): Promise<Proved | null> {
  const hash = hashToken(token);
  const [row] = await byToken(db, t).execute({ hash, siteId, outbox });
  if (row) return { ...(await whose(db, t, row)), proof: 'current' };
  const [other] = await db.select().from(t.visitorTokens).where(eq(t.visitorTokens.hash, hash));
  if (!other || other.siteId !== siteId || (other.until && other.until.getTime() <= now)) return null;
  const [owner] = await byOtherToken(db, t).execute({ id: other.visitorId, outbox });
  return owner ? { ...(await whose(db, t, owner)), proof: other.kind } : null;
}

/** The visitor that a device's row stands for: itself, or the verified one it has joined. */
async function whose(
  db: Db,
  t: Persistence['t'],
  row: Arrival & { next: number | null },
): Promise<Omit<Proved, 'proof'>> {
  const device = row.visitor;
  if (device.joinedTo === null) return { ...row, device };
  const [joined] = await byOtherToken(db, t).execute({ id: device.joinedTo, outbox: '' });
  return { ...(joined ?? row), next: row.next, device };
}

/** What a page load tells. */
export interface PageLoad {
  siteId: string;
  locale: LocaleCode;
  page: { url: string; title: string };
  metadata: Metadata;
}

/**
 * Notes a page load: the visit goes on or a new one begins, the page joins its trail. A visitor who comes back after
 * their chat was closed gets a fresh one reserved.
 */
export async function notePageLoad(
  db: Db,
  t: Persistence['t'],
  known: Arrival | null,
  load: PageLoad,
  at: Date,
  fresh: { tokenHash: string },
): Promise<Arrival> {
  const goesOn = known !== null && sameVisit(known.visit.lastSeenAt, at.getTime());
  const visitor = known
    ? await returningVisitor(db, t, known.visitor, load, at, goesOn)
    : await newVisitor(db, t, load, at, fresh.tokenHash);
  const visit = goesOn ? await continueVisit(db, t, known.visit, load, at) : await beginVisit(db, t, visitor, load, at);
  await db
    .update(t.pageViews)
    .set({ leftAt: at })
    .where(and(eq(t.pageViews.visitId, visit.id), isNull(t.pageViews.leftAt)));
  await addPageView(db, t, visit, load.page, at);
  return { visitor, visit };
}

async function newVisitor(
  db: Db,
  t: Persistence['t'],
  load: PageLoad,
  at: Date,
  tokenHash: string,
): Promise<VisitorRow> {
  const [site] = await db
    .update(t.sites)
    .set({ visitorCount: sql`${t.sites.visitorCount} + 1` })
    .where(eq(t.sites.id, load.siteId))
    .returning({ number: t.sites.visitorCount });
  const row: VisitorRow = {
    id: randomUUIDv7(),
    siteId: load.siteId,
    number: site?.number ?? 1,
    tokenHash,
    tokenSince: at,
    name: null,
    email: null,
    phone: null,
    barredAt: null,
    conversationId: randomUUIDv7(),
    visitId: randomUUIDv7(),
    visitCount: 1,
    attributes: {},
    externalId: null,
    signed: null,
    joinedTo: null,
    firstSeenAt: at,
    lastSeenAt: at,
    locale: load.locale,
  };
  await db.insert(t.visitors).values(row);
  return row;
}

async function returningVisitor(
  db: Db,
  t: Persistence['t'],
  known: VisitorRow,
  load: PageLoad,
  at: Date,
  goesOn: boolean,
): Promise<VisitorRow> {
  const change: Partial<VisitorRow> = { lastSeenAt: at, locale: load.locale };
  if (!goesOn) {
    change.visitId = randomUUIDv7();
    change.visitCount = known.visitCount + 1;
    const [chat] = await db
      .select({ status: t.conversations.status })
      .from(t.conversations)
      .where(eq(t.conversations.id, known.conversationId));
    if (chat?.status === 'closed') change.conversationId = randomUUIDv7();
  }
  await db.update(t.visitors).set(change).where(eq(t.visitors.id, known.id));
  return { ...known, ...change };
}

async function beginVisit(
  db: Db,
  t: Persistence['t'],
  visitor: VisitorRow,
  load: PageLoad,
  at: Date,
): Promise<VisitRow> {
  const row: VisitRow = {
    id: visitor.visitId,
    siteId: load.siteId,
    visitorId: visitor.id,
    number: visitor.visitCount,
    startedAt: at,
    lastSeenAt: at,
    metadata: load.metadata,
    pageCount: 1,
  };
  await db.insert(t.visits).values(row);
  return row;
}

async function continueVisit(
  db: Db,
  t: Persistence['t'],
  visit: VisitRow,
  load: PageLoad,
  at: Date,
): Promise<VisitRow> {
  // Where they came from and landed stays that of the visit's first page; the rest is what is true now.
  const { landingUrl, referrer, utm } = visit.metadata;
  const metadata = { ...load.metadata, landingUrl, referrer, utm };
  const change = { lastSeenAt: at, metadata, pageCount: visit.pageCount + 1 };
  await db.update(t.visits).set(change).where(eq(t.visits.id, visit.id));
  return { ...visit, ...change };
}

/** Adds a page to a visit's trail. */
export async function addPageView(
  db: Db,
  t: Persistence['t'],
  visit: Pick<VisitRow, 'id' | 'siteId'>,
  page: { url: string; title: string },
  at: Date,
): Promise<void> {
  await db.insert(t.pageViews).values({
    id: randomUUIDv7(),
    siteId: visit.siteId,
    visitId: visit.id,
    url: page.url,
    title: page.title,
    at,
    leftAt: null,
  });
}

/** Visits shown on a visitor's card, and pages of each. */
const VISITS_SHOWN = 10;
const PAGES_SHOWN = 200;

/** A visitor's latest visits with their trails, newest visit first, pages in the order they were seen. */
export async function visitsOf(db: Db, t: Persistence['t'], visitorId: string): Promise<Visit[]> {
  const rows = await db
    .select()
    .from(t.visits)
    .where(eq(t.visits.visitorId, visitorId))
    .orderBy(desc(t.visits.startedAt))
    .limit(VISITS_SHOWN);
  const visits: Visit[] = [];
  for (const row of rows) {
    const pages = await db
      .select()
      .from(t.pageViews)
      .where(eq(t.pageViews.visitId, row.id))
      .orderBy(asc(t.pageViews.at))
      .limit(PAGES_SHOWN);
    const told = await db
      .select()
      .from(t.visitEvents)
      .where(eq(t.visitEvents.visitId, row.id))
      .orderBy(asc(t.visitEvents.at))
      .limit(PAGES_SHOWN);
    visits.push({
      id: row.id,
      number: row.number,
      startedAt: row.startedAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      metadata: row.metadata,
      pages: pages.map(({ url, title, at, leftAt }) => ({
        url,
        title,
        at: at.toISOString(),
        leftAt: leftAt?.toISOString() ?? null,
      })),
      events: told.map(({ name, data, at }) => ({ name, data, at: at.toISOString() })),
    });
  }
  return visits;
}

const byId = prepared('visitor-by-id', (db, t) =>
  db
    .select()
    .from(t.visitors)
    .where(and(eq(t.visitors.id, sql.placeholder('id')), eq(t.visitors.siteId, sql.placeholder('siteId')))),
);

/** A visitor of this site by id. */
export async function visitorById(db: Db, t: Persistence['t'], siteId: string, id: string): Promise<VisitorRow | null> {
  const [row] = await byId(db, t).execute({ id, siteId });
  return row ?? null;
}

/** The visitor whose chat has this reserved id. */
export async function visitorByReservedChat(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  conversationId: string,
): Promise<VisitorRow | null> {
  const [row] = await db
    .select()
    .from(t.visitors)
    .where(and(eq(t.visitors.conversationId, conversationId), eq(t.visitors.siteId, siteId)));
  return row ?? null;
}
