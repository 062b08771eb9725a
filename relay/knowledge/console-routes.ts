import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { and, eq } from 'drizzle-orm';
import { errorAnswer, jsonAnswer, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Persistence } from '../store/index.ts';
import type { Feedback } from './feedback.ts';
import { KEPT_DAYS } from './feedback-rules.ts';
import type { Knowledge } from './knowledge.ts';
import { articleDocument } from './routes.ts';
import { readArticle } from './store.ts';

export interface ConsoleArticleRoutesDeps {
  store: Persistence;
  knowledge: Pick<Knowledge, 'search'>;
  feedback: Pick<Feedback, 'counts' | 'comments' | 'failedSearches'>;
}

const locale = z.string().max(35).default('');
/** How many days are looked back on, today included. */
const days = z.coerce.number().int().min(1).max(KEPT_DAYS).default(30);
const counts = z.object({ views: z.number().int(), helped: z.number().int(), notHelped: z.number().int() });

const listed = z.object({
  articles: z.array(
    z.object({
      slug: z.string(),
      locale: z.string(),
      title: z.string(),
      section: z.string(),
      status: z.enum(['published', 'draft']),
      views: z.number().int(),
      updatedAt: z.string(),
      counts: counts.extend({ comments: z.number().int() }),
    }),
  ),
});
const listRoute = createRoute({
  method: 'get',
  path: '/sites/{site}/articles',
  summary: 'A site’s articles, or those for a query; `views` are of all time, `counts` of the last days',
  request: {
    params: z.object({ site: z.string() }),
    query: z.object({ locale, days, q: z.string().max(1_000).default('') }),
  },
  responses: { 200: jsonAnswer(listed, 'The articles'), ...errorAnswer },
});
const showRoute = createRoute({
  method: 'get',
  path: '/sites/{site}/articles/{locale}/{slug}',
  summary: 'An article as operators read it',
  request: { params: z.object({ site: z.string(), locale: z.string().max(35), slug: z.string().max(200) }) },
  responses: { 200: jsonAnswer(articleDocument, 'The article'), ...errorAnswer },
});

const feedbackRoute = createRoute({
  method: 'get',
  path: '/sites/{site}/articles/{locale}/{slug}/feedback',
  summary: 'How often an article was read in the last days, whether it helped, and what was missing, the latest first',
  request: {
    params: z.object({ site: z.string(), locale: z.string().max(35), slug: z.string().max(200) }),
    query: z.object({ days }),
  },
  responses: {
    200: jsonAnswer(
      z.object({ counts, comments: z.array(z.object({ text: z.string(), at: z.string() })) }),
      'Counts and comments',
    ),
    ...errorAnswer,
  },
});
const failedRoute = createRoute({
  method: 'get',
  path: '/sites/{site}/failed-searches',
  summary: 'What visitors looked for in the last days and did not find, the most frequent first',
  request: { params: z.object({ site: z.string() }), query: z.object({ days }) },
  responses: {
    200: jsonAnswer(
      z.object({
        searches: z.array(
          z.object({ query: z.string(), locale: z.string(), count: z.number().int(), lastAt: z.string() }),
        ),
      }),
      'Searches, 200 at most',
    ),
    ...errorAnswer,
  },
});
const NONE = { views: 0, helped: 0, notHelped: 0, comments: 0 };

/** Articles in the console, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function consoleArticleRoutes({ store, knowledge, feedback }: ConsoleArticleRoutesDeps) {
  const { t } = store;
  const { articles: a } = t;
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(listRoute, async (c) => {
      const { id: siteId } = c.get('site');
      const { locale: asked, days: back, q } = c.req.valid('query');
      const { slug, locale: inLocale, title, section, status, views, updatedAt } = a;
      const rows = await store.read
        .select({ id: a.id, slug, locale: inLocale, title, section, status, views, updatedAt, position: a.position })
        .from(a)
        .where(asked === '' ? eq(a.siteId, siteId) : and(eq(a.siteId, siteId), eq(a.locale, asked)));
      const best = q.trim() === '' ? null : (await knowledge.search(siteId, asked, q)).map((hit) => hit.slug);
      const wanted = best === null ? rows : rows.filter((row) => best.includes(row.slug));
      wanted.sort((x, y) =>
        best === null
          ? x.locale.localeCompare(y.locale) || x.position - y.position || x.title.localeCompare(y.title)
          : best.indexOf(x.slug) - best.indexOf(y.slug),
      );
      const counted = await feedback.counts(siteId, back);
      const list = wanted.map(({ position: _, id, ...row }) => ({
        ...{ ...row, updatedAt: row.updatedAt.toISOString(), counts: counted.get(id) ?? NONE },
      }));
      return c.json({ articles: list }, 200);
    })
    .openapi(showRoute, async (c) => {
      const { locale: asked, slug } = c.req.valid('param');
      const { id: siteId } = c.get('site');
      const shown = await readArticle(store.read, t, { siteId, slug, locale: asked, drafts: true });
      if (shown === null) throw new FrontdeskError('not-found');
      const { id: _, ...answer } = shown;
      return c.json(answer, 200);
    })
    .openapi(feedbackRoute, async (c) => {
      const { locale: asked, slug } = c.req.valid('param');
      const { days: back } = c.req.valid('query');
      const { id: siteId } = c.get('site');
      const shown = await readArticle(store.read, t, { siteId, slug, locale: asked, drafts: true });
      if (shown === null) throw new FrontdeskError('not-found');
      const { comments: _, ...sums } = (await feedback.counts(siteId, back)).get(shown.id) ?? NONE;
      const comments = await feedback.comments(siteId, shown.id, back);
      const answer = { counts: sums, comments: comments.map(({ text, at }) => ({ text, at: at.toISOString() })) };
      return c.json(answer, 200);
    })
    .openapi(failedRoute, async (c) => {
      const found = await feedback.failedSearches(c.get('site').id, c.req.valid('query').days);
      return c.json({ searches: found.map((one) => ({ ...one, lastAt: one.lastAt.toISOString() })) }, 200);
    });
}
