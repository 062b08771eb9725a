import type { LocaleCode } from '../protocol/site-settings.ts';
import type { Clock, CommitQueue, Persistence } from '../store/index.ts';
import { countedQuery, DAY_MS, dayOf, firstDay, KEPT_DAYS } from './feedback-rules.ts';
import {
  commentsSince,
  countDay,
  countFailedSearch,
  countsSince,
  dropFeedback,
  failedSearchesSince,
  noteReading,
  putVote,
  voteOf,
} from './feedback-store.ts';
import type { Knowledge } from './knowledge.ts';
import { readArticle } from './store.ts';

export interface FeedbackDeps {
  store: Persistence;
  queue: CommitQueue;
  clock: Clock;
  knowledge: Pick<Knowledge, 'noteView' | 'search'>;
}

/** An article as a visitor names it. */
export interface NamedArticle {
  siteId: string;
  locale: string;
  slug: string;
}

/** A visit's readings are remembered so long; by then it has ended. */
const READINGS_MS = 2 * DAY_MS;
const MOST_COMMENTS = 100;
const MOST_SEARCHES = 200;

export type Feedback = ReturnType<typeof createFeedback>;

/** What articles are worth to those who read them: views, votes, and searches that found nothing. */
export function createFeedback({ store, queue, clock, knowledge }: FeedbackDeps) {
  const { read, t } = store;
  const today = () => dayOf(clock.now());
  const find = async ({ siteId, locale, slug }: NamedArticle) => {
    const found = await readArticle(read, t, { siteId, slug, locale, drafts: false });
    return found && { siteId, articleId: found.id, locale: found.locale };
  };

  return {
    /** Somebody reads an article; counts once a visit. What they said of it before; undefined when there is no such article. */
    async viewed(named: NamedArticle, reader: { visitorId: string; visitId: string }) {
      const article = await find(named);
      if (!article) return undefined;
      const reading = { visitId: reader.visitId, day: today(), at: new Date(clock.now()) };
      const first = await queue.submit({
        key: `article:${article.articleId}`,
        run: (db) => noteReading(db, t, article, reading),
      });
      if (first) knowledge.noteView(article.siteId, article.locale, article.articleId);
      return voteOf(read, t, article.articleId, reader.visitorId);
    },

    /** Takes a vote; without a visitor it is counted and nothing else. False when there is no such article. */
    async vote(named: NamedArticle, vote: { visitorId: string | null; helped: boolean; comment?: string | undefined }) {
      const article = await find(named);
      if (!article) return false;
      const { visitorId, helped, comment } = vote;
      const day = today();
      const at = new Date(clock.now());
      await queue.submit({
        key: `article:${article.articleId}`,
        run: (db) =>
          visitorId === null
            ? countDay(db, t, article, day, helped ? 'helped' : 'notHelped')
            : putVote(db, t, article, { visitorId, helped, comment, at }),
      });
      return true;
    },

    /** Counts a search that found nothing, if the relay too finds nothing for it and it is about nobody. */
    async searchFailed(siteId: string, locale: LocaleCode, typed: string): Promise<void> {
      const query = countedQuery(typed);
      if (query === null || (await knowledge.search(siteId, locale, query)).length > 0) return;
      const search = { siteId, locale, query, day: today(), at: new Date(clock.now()) };
      await queue.submit({ key: `searches:${siteId}`, run: (db) => countFailedSearch(db, t, search) });
    },

    /** Counts of the last days, today included, by the article's id. */
    counts: (siteId: string, days: number) => countsSince(read, t, siteId, firstDay(clock.now(), days)),

    comments: (siteId: string, articleId: string, days: number) =>
      commentsSince(read, t, { siteId, articleId }, firstDay(clock.now(), days), MOST_COMMENTS),

    failedSearches: (siteId: string, days: number) =>
      failedSearchesSince(read, t, siteId, firstDay(clock.now(), days), MOST_SEARCHES),

    /** Drops what is older than it is kept. */
    async prune(): Promise<void> {
      const now = clock.now();
      const before = { day: firstDay(now, KEPT_DAYS), readings: new Date(now - READINGS_MS) };
      await queue.submit({ key: 'feedback', run: (db) => dropFeedback(db, t, before) });
    },
  };
}
