import { randomUUIDv7 } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Presence } from '../bus/presence.ts';
import type { Attributes, OnSiteVisitor } from '../protocol/entities.ts';
import type { Clock, LazyWrites, Persistence } from '../store/index.ts';
import { type Arrival, addPageView } from './store.ts';

/** Between two pages of a site the socket is gone for a moment; somebody who comes back in time never left. */
const LEAVE_AFTER_MS = 8_000;
/** A page that tells of more than this tells nothing. */
const EVENTS_OF_A_VISIT = 500;

/** Who is on a site now, on which page; kept in memory and told by presence. Trails are stored lazily. */
export interface OnSite {
  /** A socket of a visitor is here. The answer is to be called when it is gone. */
  arrive(arrival: Arrival, page: { url: string; title: string }, hasConversation: boolean): () => void;
  /** A route change on a page that stays. */
  move(visitorId: string, siteId: string, page: { url: string; title: string }): void;
  /** Something that the page told of the visit. */
  track(visitorId: string, siteId: string, event: { name: string; data: Attributes }): void;
  /** What operators are shown of a visitor has changed. */
  update(siteId: string, visitorId: string, change: Partial<OnSiteVisitor>): void;
  list(siteId: string): OnSiteVisitor[];
  isHere(siteId: string, visitorId: string): boolean;
  stop(): void;
}

export function createOnSite(deps: {
  store: Persistence;
  lazy: LazyWrites;
  clock: Clock;
  presence: Presence<OnSiteVisitor>;
}): OnSite {
  const { store, lazy, clock, presence } = deps;
  const { t } = store;
  const sockets = new Map<string, number>();
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();
  let views = 0;

  const entryOf = (
    { visitor, visit }: Arrival,
    page: { url: string; title: string },
    hasConversation: boolean,
  ): OnSiteVisitor => {
    const { referrer, utm, country, city, browser, os, device, language } = visit.metadata;
    return {
      visitor: visitor.id,
      number: visitor.number,
      name: visitor.name,
      email: visitor.email,
      verified: visitor.externalId !== null,
      conversation: visitor.conversationId,
      hasConversation,
      visitNumber: visit.number,
      arrivedAt: visit.startedAt.toISOString(),
      pageAt: new Date(clock.now()).toISOString(),
      pageUrl: page.url,
      pageTitle: page.title,
      pagesSeen: visit.pageCount,
      ...{ referrer, utm, country, city, browser, os, device, language },
    };
  };
  const seen = (siteId: string, visitId: string, closePage: boolean) => {
    const at = new Date(clock.now());
    lazy.put(`seen:${visitId}`, async (db) => {
      await db
        .update(t.visits)
        .set({ lastSeenAt: at })
        .where(and(eq(t.visits.id, visitId), eq(t.visits.siteId, siteId)));
      if (closePage)
        await db
          .update(t.pageViews)
          .set({ leftAt: at })
          .where(and(eq(t.pageViews.visitId, visitId), isNull(t.pageViews.leftAt)));
    });
  };
  /** What is to be called when a socket is gone. It stays as long as the socket: made here, it keeps ids and no rows. */
  const leaver = (siteId: string, visitorId: string, visitId: string) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const others = (sockets.get(visitorId) ?? 1) - 1;
      if (others > 0) {
        sockets.set(visitorId, others);
        return;
      }
      sockets.delete(visitorId);
      seen(siteId, visitId, false);
      const timer = setTimeout(() => {
        leaving.delete(visitorId);
        visitOf.delete(visitorId);
        tracked.delete(visitId);
        presence.remove(siteId, visitorId);
        seen(siteId, visitId, true);
      }, LEAVE_AFTER_MS);
      leaving.set(visitorId, timer.unref());
    };
  };
  const visitOf = new Map<string, string>();
  /** What was told of each visit that is here. */
  const tracked = new Map<string, number>();

  return {
    arrive(arrival, page, hasConversation) {
      const { siteId, id: visitorId } = arrival.visitor;
      const visitId = arrival.visit.id;
      clearTimeout(leaving.get(visitorId));
      leaving.delete(visitorId);
      sockets.set(visitorId, (sockets.get(visitorId) ?? 0) + 1);
      visitOf.set(visitorId, visitId);
      const known = presence.get(siteId, visitorId);
      const entry = entryOf(arrival, page, hasConversation);
      const samePage = known?.pageUrl === entry.pageUrl && known.visitNumber === entry.visitNumber;
      presence.set(
        siteId,
        visitorId,
        samePage ? { ...entry, pageAt: known.pageAt, pagesSeen: Math.max(known.pagesSeen, entry.pagesSeen) } : entry,
      );
      return leaver(siteId, visitorId, visitId);
    },
    move(visitorId, siteId, page) {
      const known = presence.get(siteId, visitorId);
      const visitId = visitOf.get(visitorId);
      if (!known || !visitId || known.pageUrl === page.url) return;
      const at = new Date(clock.now());
      const pagesSeen = known.pagesSeen + 1;
      presence.set(siteId, visitorId, {
        ...known,
        pageUrl: page.url,
        pageTitle: page.title,
        pageAt: at.toISOString(),
        pagesSeen,
      });
      // Each page is a row of its own, so each has a key of its own.
      lazy.put(`page:${visitId}:${String(++views).padStart(12, '0')}`, async (db) => {
        await db
          .update(t.pageViews)
          .set({ leftAt: at })
          .where(and(eq(t.pageViews.visitId, visitId), isNull(t.pageViews.leftAt)));
        await addPageView(db, t, { id: visitId, siteId }, page, at);
        await db.update(t.visits).set({ pageCount: pagesSeen, lastSeenAt: at }).where(eq(t.visits.id, visitId));
      });
    },
    track(visitorId, siteId, { name, data }) {
      const visitId = visitOf.get(visitorId);
      const count = (tracked.get(visitId ?? '') ?? 0) + 1;
      if (!visitId || count > EVENTS_OF_A_VISIT) return;
      tracked.set(visitId, count);
      const at = new Date(clock.now());
      lazy.put(`track:${visitId}:${String(++views).padStart(12, '0')}`, async (db) => {
        await db.insert(t.visitEvents).values({ id: randomUUIDv7(), siteId, visitId, name, data, at });
      });
    },
    update(siteId, visitorId, change) {
      const known = presence.get(siteId, visitorId);
      if (known) presence.set(siteId, visitorId, { ...known, ...change });
    },
    list: (siteId) => [...presence.list(siteId).values()],
    isHere: (siteId, visitorId) => presence.get(siteId, visitorId) !== undefined,
    stop() {
      for (const timer of leaving.values()) clearTimeout(timer);
    },
  };
}
