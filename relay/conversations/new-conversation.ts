import { desc, eq } from 'drizzle-orm';
import type { Metadata } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Db, Persistence } from '../store/index.ts';
import type { ConversationRow } from './log-events.ts';

/** What goes along unseen: that of the visit, with the page the visitor is on now. */
export async function metadataOf(
  db: Db,
  t: Persistence['t'],
  visitorId: string,
  page?: { url: string; title: string },
): Promise<Metadata> {
  const [visit] = await db
    .select({ metadata: t.visits.metadata })
    .from(t.visits)
    .where(eq(t.visits.visitorId, visitorId))
    .orderBy(desc(t.visits.startedAt))
    .limit(1);
  if (!visit) throw new FrontdeskError('not-found');
  return page ? { ...visit.metadata, pageUrl: page.url, pageTitle: page.title } : visit.metadata;
}

/** A conversation's row before its first event. */
export function newConversation(
  fields: Pick<ConversationRow, 'id' | 'siteId' | 'visitorId' | 'channel' | 'metadata'> & Partial<ConversationRow>,
  at: Date,
): ConversationRow {
  return {
    status: 'open',
    assigneeId: null,
    subject: null,
    reference: null,
    staffSeq: 0,
    visitorSeq: 0,
    visitorDelivered: 0,
    visitorRead: 0,
    staffDelivered: 0,
    staffRead: 0,
    unread: 0,
    waitingSince: null,
    lastEventAt: at,
    lastLine: null,
    createdAt: at,
    closedAt: null,
    ratingScore: null,
    ratingComment: null,
    ratedAt: null,
    endedAt: null,
    closesAt: null,
    ...fields,
  };
}
