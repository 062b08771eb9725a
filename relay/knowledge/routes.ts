import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { and, eq } from 'drizzle-orm';
import { errorAnswer, jsonAnswer, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { article, articleHit, type RichNode } from '../protocol/articles.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Persistence } from '../store/index.ts';
import type { Knowledge } from './knowledge.ts';
import { readArticle } from './store.ts';

export interface ArticleRoutesDeps {
  knowledge: Knowledge;
  siteByKey(key: string): Promise<{ id: string; key: string } | null>;
}

/* Nodes hold nodes, which the document's generator cannot follow. */
const node = z
  .custom<RichNode>()
  .openapi({ type: ['string', 'object'], description: 'A text, or an element with its tag `t` and children `c`' });
const articleDocument = article.extend({ nodes: z.array(node) });

const site = z.string().max(64);
const locale = z.string().max(35).default('');
const found = z.object({ articles: z.array(articleHit).max(10) });

const searchRoute = createRoute({
  method: 'get',
  path: '/api/visitor/articles',
  summary: 'Articles for a query, best first; without one the pinned and the popular. For any page',
  tags: ['visitor'],
  request: { query: z.object({ site, locale, q: z.string().max(1_000).default('') }) },
  responses: { 200: jsonAnswer(found, 'At most ten articles'), ...errorAnswer },
});
const articleRoute = createRoute({
  method: 'get',
  path: '/api/visitor/articles/{slug}',
  summary: 'One article, in this language or else in the one that has it',
  tags: ['visitor'],
  request: { params: z.object({ slug: z.string().max(200) }), query: z.object({ site, locale }) },
  responses: { 200: jsonAnswer(articleDocument, 'The article'), ...errorAnswer },
});

/** The knowledge base as visitors and anybody's pages use it: no cookie, no token, open to every origin. */
export function articleRoutes({ knowledge, siteByKey }: ArticleRoutesDeps) {
  const siteOf = async (key: string): Promise<{ id: string }> => {
    const row = await siteByKey(key);
    if (row === null) throw new FrontdeskError('unknown-site');
    return row;
  };
  const app = new OpenAPIHono<AppEnv>({ defaultHook: onInvalid });
  app.use('/api/visitor/articles/*', open);
  app.use('/api/visitor/articles', open);
  return app
    .openapi(searchRoute, async (c) => {
      const { site: key, locale: asked, q } = c.req.valid('query');
      const { id } = await siteOf(key);
      const articles = q.trim() === '' ? await knowledge.popular(id, asked) : await knowledge.search(id, asked, q);
      return c.json({ articles }, 200);
    })
    .openapi(articleRoute, async (c) => {
      const { site: key, locale: asked } = c.req.valid('query');
      const { id } = await siteOf(key);
      const answer = await knowledge.read(id, asked, c.req.valid('param').slug);
      if (answer === null) throw new FrontdeskError('not-found');
      return c.json(answer, 200);
    });
}

const open = async (c: { header(name: string, value: string): void }, next: () => Promise<void>): Promise<void> => {
  c.header('access-control-allow-origin', '*');
  c.header('cache-control', 'no-cache');
  await next();
};

export interface ConsoleArticleRoutesDeps {
  store: Persistence;
  knowledge: Knowledge;
}

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
    }),
  ),
});
const listRoute = createRoute({
  method: 'get',
  path: '/sites/{site}/articles',
  summary: 'A site’s articles, or those for a query',
  request: {
    params: z.object({ site: z.string() }),
    query: z.object({ locale, q: z.string().max(1_000).default('') }),
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

/** Articles in the console, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function consoleArticleRoutes({ store, knowledge }: ConsoleArticleRoutesDeps) {
  const { t } = store;
  const { articles: a } = t;
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(listRoute, async (c) => {
      const { id: siteId } = c.get('site');
      const { locale: asked, q } = c.req.valid('query');
      const { slug, locale: inLocale, title, section, status, views, updatedAt } = a;
      const rows = await store.read
        .select({ slug, locale: inLocale, title, section, status, views, updatedAt, position: a.position })
        .from(a)
        .where(asked === '' ? eq(a.siteId, siteId) : and(eq(a.siteId, siteId), eq(a.locale, asked)));
      const best = q.trim() === '' ? null : (await knowledge.search(siteId, asked, q)).map((hit) => hit.slug);
      const wanted = best === null ? rows : rows.filter((row) => best.includes(row.slug));
      wanted.sort((x, y) =>
        best === null
          ? x.locale.localeCompare(y.locale) || x.position - y.position || x.title.localeCompare(y.title)
          : best.indexOf(x.slug) - best.indexOf(y.slug),
      );
      const list = wanted.map(({ position: _, ...row }) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
      return c.json({ articles: list }, 200);
    })
    .openapi(showRoute, async (c) => {
      const { locale: asked, slug } = c.req.valid('param');
      const { id: siteId } = c.get('site');
      const shown = await readArticle(store.read, t, { siteId, slug, locale: asked, drafts: true });
      if (shown === null) throw new FrontdeskError('not-found');
      const { id: _, ...answer } = shown;
      return c.json(answer, 200);
    });
}
