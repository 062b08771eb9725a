import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askSession, signIn, USER_AGENT } from '../testing/clients.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { DAY_MS } from './feedback-rules.ts';
import { MOST_QUERIES_A_DAY } from './feedback-store.ts';

/** Views, votes and failed searches, over HTTP on one engine. */
export function feedbackContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`what articles are worth over ${engine}`, () => {
    let clock: TestClock;
    let relay: TestRelay;
    beforeAll(async () => {
      clock = testClock();
      const databaseUrl = await database();
      relay = await startTestRelay({ databaseUrl, clock, origins: ['https://shop.example'] });
      const { t } = relay.store;
      const at = new Date(clock.now());
      await relay.store.tx((db) =>
        db.insert(t.articles).values(
          ['delivery', 'returns', 'votes', 'anonymous', 'old'].map((slug, position) => ({
            ...{ id: randomUUIDv7(), siteId: relay.site.id, locale: 'en', slug, title: slug, section: '', position },
            ...{ summary: '', markdown: 'Text', nodes: [{ t: 'p', c: ['Text'] }], status: 'published' as const },
            ...{ pinned: false, createdAt: at, updatedAt: at },
          })),
        ),
      );
    });
    afterAll(() => relay.stop());

    const tokenOf = async () => (await askSession(relay)).token ?? '';
    const tell = (path: string, token: string | null, more: object = {}, headers: Record<string, string> = {}) =>
      fetch(`${relay.url}/api/visitor/${path}`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'user-agent': USER_AGENT },
          ...(token && { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ site: 'shop', locale: 'en', ...more }),
      });
    const view = async (slug: string, token: string) =>
      (await (await tell(`articles/${slug}/views`, token)).json()) as { helped: boolean | null };
    const vote = (slug: string, token: string | null, helped: boolean, comment?: string) =>
      tell(`articles/${slug}/votes`, token, { helped, ...(comment !== undefined && { comment }) });
    const search = (query: string, token: string) => tell('failed-searches', token, { query });
    async function ask<T>(path: string): Promise<T> {
      // Days pass between what is asked, and sign-ins end.
      const cookie = await signIn(relay, relay.owner);
      const answer = await fetch(`${relay.url}/api/v1/sites/shop${path}`, { headers: { cookie } });
      expect(answer.status, path).toBe(200);
      return (await answer.json()) as T;
    }
    type Counts = { views: number; helped: number; notHelped: number; comments: number };
    const countsOf = async (slug: string, days = 7) =>
      (
        await ask<{ articles: { slug: string; views: number; counts: Counts }[] }>(`/articles?days=${days}`)
      ).articles.find((one) => one.slug === slug);
    const searches = async (days = 7) =>
      (await ask<{ searches: { query: string; count: number; lastAt: string }[] }>(`/failed-searches?days=${days}`))
        .searches;

    test('[FB1] a view counts once a visit, however often it is told at once, and again at the next visit', async () => {
      const tokens = await Promise.all(Array.from({ length: 8 }, tokenOf));
      await Promise.all(tokens.flatMap((token) => [1, 2, 3].map(() => view('delivery', token))));
      expect(await countsOf('delivery')).toMatchObject({ views: 8, counts: { views: 8 } });
      const token = tokens[0] ?? '';
      clock.advance(31 * 60_000);
      await askSession(relay, { token });
      await view('delivery', token);
      await view('delivery', token);
      expect(await countsOf('delivery')).toMatchObject({ views: 9, counts: { views: 9 } });
      const popular = await (await fetch(`${relay.url}/api/visitor/articles?site=shop&locale=en`)).json();
      expect((popular as { articles: { slug: string }[] }).articles[0]?.slug).toBe('delivery');
    });

    test('[FB1] crawlers, other origins and who has no token count nothing', async () => {
      const token = await tokenOf();
      expect((await tell('articles/returns/views', token, {}, { 'user-agent': 'Googlebot/2.1' })).status).toBe(200);
      expect((await tell('articles/returns/votes', null, { helped: true }, { 'user-agent': 'curl/8' })).status).toBe(
        200,
      );
      expect((await tell('articles/returns/views', null)).status).toBe(401);
      expect((await tell('failed-searches', null, { query: 'samovar' })).status).toBe(401);
      for (const path of ['articles/returns/views', 'articles/returns/votes', 'failed-searches'])
        expect(
          (await tell(path, token, { helped: true, query: 'x y' }, { origin: 'https://else.example' })).status,
        ).toBe(403);
      for (const path of ['articles/none/views', 'articles/none/votes'])
        expect((await tell(path, token, { helped: true })).status).toBe(404);
      expect((await countsOf('returns'))?.counts).toEqual({ views: 0, helped: 0, notHelped: 0, comments: 0 });
    });

    test('[FB2] a visitor has one vote on an article, told as often as they like, and may change it', async () => {
      const [one, other] = [await tokenOf(), await tokenOf()];
      expect(await view('votes', one)).toEqual({ helped: null });
      await Promise.all([1, 2, 3, 4].map(() => vote('votes', one, false)));
      await vote('votes', other, true);
      expect((await countsOf('votes'))?.counts).toMatchObject({ helped: 1, notHelped: 1, comments: 0 });
      await vote('votes', one, false, '  Where is the price list?\0 ');
      await vote('votes', one, false);
      expect(await view('votes', one)).toEqual({ helped: false });
      const feedback = () =>
        ask<{ counts: Counts; comments: { text: string }[] }>('/articles/en/votes/feedback?days=7');
      expect(await feedback()).toMatchObject({
        counts: { views: 1, helped: 1, notHelped: 1 },
        comments: [{ text: 'Where is the price list?\ufffd' }],
      });
      await vote('votes', one, true);
      expect(await feedback()).toMatchObject({ counts: { helped: 2, notHelped: 0 }, comments: [] });
      expect(await view('votes', one)).toEqual({ helped: true });
      expect((await vote('votes', one, false, 'x'.repeat(2_001))).status).toBe(400);
    });

    test('[FB3] a vote without a token is a number on that day, and no comment is kept of it', async () => {
      await Promise.all(Array.from({ length: 10 }, (_, i) => vote('anonymous', null, i < 7, 'from nobody')));
      expect((await countsOf('anonymous'))?.counts).toEqual({ views: 0, helped: 7, notHelped: 3, comments: 0 });
      expect((await vote('anonymous', 'a token that nobody has given', true)).status).toBe(401);
    });

    test('[FB4] a search that found nothing is counted by its words; what was found, or may be about somebody, is not', async () => {
      const token = await tokenOf();
      await Promise.all(['Samovar', ' samovar ', 'SAMOVAR', 'kettle hire'].map((query) => search(query, token)));
      for (const query of ['delivery', 'ada@example.com', 'card 4111 1111 1111 1111', '', '?'])
        expect((await search(query, token)).status).toBe(200);
      expect(await searches()).toMatchObject([
        { query: 'samovar', count: 3, locale: 'en' },
        { query: 'kettle hire', count: 1 },
      ]);
      clock.advance(8 * DAY_MS);
      await search('samovar', await tokenOf());
      expect(await searches()).toMatchObject([{ query: 'samovar', count: 1 }]);
      expect((await searches(30)).map(({ query, count }) => `${query} ${count}`)).toEqual([
        'samovar 4',
        'kettle hire 1',
      ]);
    });

    test('[FB4] one day keeps so many different searches, and goes on counting those it has', async () => {
      const { store, site } = relay;
      clock.advance(DAY_MS);
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      await store.tx((db) =>
        db.insert(store.t.failedSearches).values(
          Array.from({ length: MOST_QUERIES_A_DAY }, (_, i) => ({
            ...{ siteId: site.id, day, locale: 'en', query: `zz${i}`, count: 1, lastAt: new Date(clock.now()) },
          })),
        ),
      );
      const token = await tokenOf();
      await search('zz7', token);
      await search('one more', token);
      const all = await store.read.select().from(store.t.failedSearches);
      expect(all.find(({ query }) => query === 'zz7')?.count).toBe(2);
      expect(all.some(({ query }) => query === 'one more')).toBe(false);
    });

    test('[FB5] what is older than 400 days is dropped', async () => {
      const token = await tokenOf();
      await view('old', token);
      await vote('old', token, false, 'short');
      clock.advance(399 * DAY_MS);
      await relay.relay.prune();
      expect((await countsOf('old', 400))?.counts).toEqual({ views: 1, helped: 0, notHelped: 1, comments: 1 });
      clock.advance(DAY_MS);
      await relay.relay.prune();
      const { read, t } = relay.store;
      for (const table of [t.articleDays, t.articleVotes, t.articleReadings, t.failedSearches])
        expect(await read.select().from(table)).toEqual([]);
      expect(await countsOf('old')).toMatchObject({ views: 1 });
    });
  });
}
