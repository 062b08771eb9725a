import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { ConversationSummary, ViewCounts, VisitorConversation } from '../protocol/entities.ts';
import { type Db, type Persistence, prepared } from '../store/index.ts';
import { asksOf } from './closing-rules.ts';
import type { ConversationRow, EventRow } from './log-events.ts';

export type View = 'unassigned' | 'mine' | 'all' | 'closed';

const conversationById = prepared('conversation-by-id', (db, t) =>
  db
    .select()
    .from(t.conversations)
    .where(and(eq(t.conversations.id, sql.placeholder('id')), eq(t.conversations.siteId, sql.placeholder('siteId')))),
);

/** A conversation's row, of this site alone. */
export async function conversationRow(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  id: string,
): Promise<ConversationRow | undefined> {
  const [row] = await conversationById(db, t).execute({ id, siteId });
  return row;
}

const summaryColumns = (t: Persistence['t']) => ({
  conversation: t.conversations,
  visitorNumber: t.visitors.number,
  visitorName: t.visitors.name,
  visitorEmail: t.visitors.email,
  visitorExternalId: t.visitors.externalId,
  assigneeName: t.operators.name,
});

type SummaryRow = {
  conversation: ConversationRow;
  visitorNumber: number | null;
  visitorName: string | null;
  visitorEmail: string | null;
  visitorExternalId: string | null;
  assigneeName: string | null;
};

function toSummary(row: SummaryRow): ConversationSummary {
  const c = row.conversation;
  return {
    id: c.id,
    channel: c.channel,
    status: c.status,
    subject: c.subject,
    reference: c.reference,
    visitor: {
      id: c.visitorId,
      name: row.visitorName,
      email: row.visitorEmail,
      number: row.visitorNumber ?? 0,
      verified: row.visitorExternalId !== null,
    },
    assignee: c.assigneeId === null ? null : { id: c.assigneeId, name: row.assigneeName ?? '' },
    createdAt: c.createdAt.toISOString(),
    lastEventAt: c.lastEventAt.toISOString(),
    waitingSince: c.waitingSince?.toISOString() ?? null,
    lastLine: c.lastLine,
    staffSeq: c.staffSeq,
    visitorSeq: c.visitorSeq,
    marks: {
      visitorDelivered: c.visitorDelivered,
      visitorRead: c.visitorRead,
      staffDelivered: c.staffDelivered,
      staffRead: c.staffRead,
    },
    unread: c.unread,
    rating: c.ratingScore === null ? null : { score: c.ratingScore, comment: c.ratingComment ?? '' },
    spam: c.endedAt !== null,
    closesAt: c.closesAt?.toISOString() ?? null,
  };
}

function summaryRows(db: Db, t: Persistence['t'], where: SQL | undefined, limit: number): Promise<SummaryRow[]> {
  return db
    .select(summaryColumns(t))
    .from(t.conversations)
    .leftJoin(t.visitors, eq(t.visitors.id, t.conversations.visitorId))
    .leftJoin(t.operators, eq(t.operators.id, t.conversations.assigneeId))
    .where(where)
    .orderBy(desc(t.conversations.lastEventAt), desc(t.conversations.id))
    .limit(limit);
}

const summaries = async (...query: Parameters<typeof summaryRows>): Promise<ConversationSummary[]> =>
  (await summaryRows(...query)).map(toSummary);

/**
 * Rows of the lists for these conversations, of this site alone, in no order. The site is looked at here: beside a list
 * of ids it makes SQLite read every conversation of the site.
 */
export async function summariesOf(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  ids: readonly string[],
): Promise<ConversationSummary[]> {
  const rows = await summaryRows(db, t, inArray(t.conversations.id, [...ids]), ids.length);
  return rows.filter(({ conversation }) => conversation.siteId === siteId).map(toSummary);
}

/** A visitor's conversations for the card, newest first. */
export function summariesOfVisitor(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  visitorId: string,
): Promise<ConversationSummary[]> {
  return summaries(db, t, and(eq(t.conversations.siteId, siteId), eq(t.conversations.visitorId, visitorId)), 50);
}

/** Where a page of a list ends: the last row's time and id. */
export interface Cursor {
  at: Date;
  id: string;
}

/** One page of a view, latest first. Everything a view shows was filtered here, never in the console. */
export function listConversations(
  db: Db,
  t: Persistence['t'],
  query: { siteId: string; view: View; operatorId: string; cursor: Cursor | null; limit: number },
): Promise<ConversationSummary[]> {
  const c = t.conversations;
  const open = eq(c.status, 'open');
  const views: Record<View, SQL | undefined> = {
    unassigned: and(open, isNull(c.assigneeId)),
    mine: and(open, eq(c.assigneeId, query.operatorId)),
    all: open,
    closed: eq(c.status, 'closed'),
  };
  const { cursor } = query;
  // The first condition says it to the index: a page far down is found as fast as the first.
  const after = cursor
    ? and(lte(c.lastEventAt, cursor.at), or(lt(c.lastEventAt, cursor.at), lt(c.id, cursor.id)))
    : undefined;
  return summaries(db, t, and(eq(c.siteId, query.siteId), views[query.view], after), query.limit);
}

/** How many conversations each view holds. */
export async function countViews(db: Db, t: Persistence['t'], siteId: string): Promise<ViewCounts> {
  const c = t.conversations;
  const open = await db
    .select({ assigneeId: c.assigneeId, number: count() })
    .from(c)
    .where(and(eq(c.siteId, siteId), eq(c.status, 'open')))
    .groupBy(c.assigneeId);
  const [closed] = await db
    .select({ number: count() })
    .from(c)
    .where(and(eq(c.siteId, siteId), eq(c.status, 'closed')));
  const counts: ViewCounts = { unassigned: 0, all: 0, closed: closed?.number ?? 0, mine: {} };
  for (const { assigneeId, number } of open) {
    counts.all += number;
    if (assigneeId === null) counts.unassigned = number;
    else counts.mine[assigneeId] = number;
  }
  return counts;
}

/**
 * A page of events: those after a number, oldest first, or the last ones before a number, oldest first all the same.
 * `hidden`: how many events of the conversation the visitor does not see. A visitor's number is at most so much below
 * the staff's of the same event, so that one index serves both audiences.
 */
export async function eventPage(
  db: Db,
  t: Persistence['t'],
  query: {
    conversationId: string;
    audience: 'visitor' | 'staff';
    after?: number;
    before?: number;
    hidden?: number;
    limit: number;
  },
): Promise<EventRow[]> {
  const e = t.events;
  const { after, before, hidden = Number.MAX_SAFE_INTEGER / 2 } = query;
  const forVisitor = query.audience === 'visitor';
  const number = forVisitor ? e.visitorSeq : e.seq;
  const forward = after !== undefined;
  const rows = await db
    .select()
    .from(e)
    .where(
      and(
        eq(e.conversationId, query.conversationId),
        forVisitor ? isNotNull(e.visitorSeq) : undefined,
        after === undefined ? undefined : and(gt(number, after), gt(e.seq, after)),
        before === undefined ? undefined : and(lt(number, before), lt(e.seq, before + (forVisitor ? hidden : 0))),
      ),
    )
    .orderBy(forward ? asc(e.seq) : desc(e.seq))
    .limit(query.limit);
  return forward ? rows : rows.reverse();
}

const ofVisitor = prepared('conversations-of-visitor', (db, { conversations: c, operators }) =>
  db
    .select({ conversation: c, operatorName: operators.name })
    .from(c)
    .leftJoin(operators, eq(operators.id, c.assigneeId))
    .where(and(eq(c.siteId, sql.placeholder('siteId')), eq(c.visitorId, sql.placeholder('visitorId'))))
    .orderBy(desc(c.lastEventAt))
    .limit(50),
);

/** A visitor's conversations as they see them, latest first. */
export async function conversationsOfVisitor(
  db: Db,
  t: Persistence['t'],
  siteId: string,
  visitorId: string,
): Promise<VisitorConversation[]> {
  const rows = await ofVisitor(db, t).execute({ siteId, visitorId });
  return rows.map(({ conversation, operatorName }) => toVisitorConversation(conversation, operatorName));
}

/** A conversation's head as its visitor sees it. Unread: numbers the visitor's side has not marked as read. */
export function toVisitorConversation(row: ConversationRow, operatorName: string | null): VisitorConversation {
  return {
    id: row.id,
    channel: row.channel,
    status: row.status,
    subject: row.subject,
    reference: row.reference,
    createdAt: row.createdAt.toISOString(),
    lastEventAt: row.lastEventAt.toISOString(),
    lastLine: row.lastLine,
    seq: row.visitorSeq,
    unread: Math.max(0, row.visitorSeq - row.visitorRead),
    marks: { staffDelivered: row.staffDelivered, staffRead: row.staffRead, visitorRead: row.visitorRead },
    operator: row.assigneeId === null ? null : { id: row.assigneeId, name: operatorName ?? '' },
    ended: row.endedAt !== null,
    asks: asksOf(row),
  };
}

/** The change number of a site's lists; 0 before their first change. */
export async function changeOfSite(db: Db, { siteChanges }: Persistence['t'], siteId: string): Promise<number> {
  const [row] = await db.select({ no: siteChanges.no }).from(siteChanges).where(eq(siteChanges.siteId, siteId));
  return row?.no ?? 0;
}

/** Whether there is such a conversation and it is open. */
export async function isOpenConversation(db: Db, { conversations: c }: Persistence['t'], id: string): Promise<boolean> {
  const [row] = await db.select({ status: c.status }).from(c).where(eq(c.id, id));
  return row?.status === 'open';
}

/** How a visitor's chat stands before their client has a line: whether it has begun, its top number, and what was not read. */
export async function chatHeadOf(
  db: Db,
  { conversations: c }: Persistence['t'],
  id: string,
): Promise<{ exists: boolean; unread: number; seq: number }> {
  const [row] = await db.select({ seq: c.visitorSeq, read: c.visitorRead }).from(c).where(eq(c.id, id));
  if (!row) return { exists: false, unread: 0, seq: 0 };
  return { exists: true, unread: Math.max(0, row.seq - row.read), seq: row.seq };
}
