import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, jsonAnswer, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { article, articleHit, type RichNode } from '../protocol/articles.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { SiteSettings } from '../protocol/site-settings.ts';
import type { Knowledge } from './knowledge.ts';

export interface ArticleRoutesDeps {
  knowledge: Knowledge;
  siteByKey(key: string): Promise<{ id: string; key: string; name: string; settings: SiteSettings } | null>;
}

/* Nodes hold nodes, which the document's generator cannot follow. */
const node = z
  .custom<RichNode>()
  .openapi({ type: ['string', 'object'], description: 'A text, or an element with its tag `t` and children `c`' });
export const articleDocument = article.extend({ nodes: z.array(node) });

const site = z.string().max(64);
const locale = z.string().max(35).default('');
const found = z.object({ articles: z.array(articleHit).max(10) });

const searchRoute = createRoute({
  method: 'get',
  path: '/api/visitor/articles',
  summary:
    'Articles for a query, best first; without one those that fit the page, then the pinned and the popular. For any page',
  tags: ['visitor'],
  request: {
    query: z.object({
      ...{ site, locale, q: z.string().max(1_000).default('') },
      page: z.string().max(LIMITS.urlChars).default('').openapi({ description: 'The page’s address, or its path' }),
      title: z.string().max(LIMITS.titleChars).default('').openapi({ description: 'The page’s title' }),
    }),
  },
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
  const siteOf = async (key: string) => {
    const row = await siteByKey(key);
    if (row === null) throw new FrontdeskError('unknown-site');
    return row;
  };
  const app = new OpenAPIHono<AppEnv>({ defaultHook: onInvalid });
  app.use('/api/visitor/articles/:slug', open);
  app.use('/api/visitor/articles', open);
  return app
    .openapi(searchRoute, async (c) => {
      const { site: key, locale: asked, q, page, title } = c.req.valid('query');
      const { id, name, settings } = await siteOf(key);
      if (q.trim() !== '') return c.json({ articles: await knowledge.search(id, asked, q) }, 200);
      const names = [name, ...Object.values(settings.texts.title)].join(' ');
      const articles =
        page || title
          ? await knowledge.forPage(id, asked, { page, title, site: names })
          : await knowledge.popular(id, asked);
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
