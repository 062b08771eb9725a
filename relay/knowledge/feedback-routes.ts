import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Limits } from '../bus/limits.ts';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { articleView, articleViewReply, articleVote, failedSearch } from '../protocol/visitor-http.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { isBot } from '../visitors/browser.ts';
import { visitorOf } from '../visitors/session-routes.ts';
import type { Feedback } from './feedback.ts';

export interface FeedbackRoutesDeps {
  store: Persistence;
  limits: Limits;
  clock: Clock;
  feedback: Pick<Feedback, 'viewed' | 'vote' | 'searchFailed'>;
  /** The site of a key as a visitor's page may use it: throws when unknown or when the origin is not allowed. */
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
}

const slug = z.object({ slug: z.string().max(200) });
const noted = jsonAnswer(z.object({}), 'It is noted');
const viewRoute = createRoute({
  method: 'post',
  path: '/api/visitor/articles/{slug}/views',
  summary: 'The visitor reads an article: counted once a visit. Answers what they have said of it before',
  tags: ['visitor'],
  request: { params: slug, body: jsonBody(articleView) },
  responses: { 200: jsonAnswer(articleViewReply, 'What they said: null for nothing yet'), ...errorAnswer },
});
const voteRoute = createRoute({
  method: 'post',
  path: '/api/visitor/articles/{slug}/votes',
  summary:
    'Whether an article helped. One vote a visitor, the latest; without a token it is counted, known to be nobody’s',
  tags: ['visitor'],
  request: { params: slug, body: jsonBody(articleVote) },
  responses: { 200: noted, ...errorAnswer },
});
const searchRoute = createRoute({
  method: 'post',
  path: '/api/visitor/failed-searches',
  summary: 'A search that found nothing: counted by its words, without who looked for them',
  tags: ['visitor'],
  request: { body: jsonBody(failedSearch) },
  responses: { 200: noted, ...errorAnswer },
});

/** What the widget tells of articles and searches [FB1–FB4]. Crawlers tell nothing. */
export function feedbackRoutes({ store, limits, clock, feedback, siteFor }: FeedbackRoutesDeps) {
  const whose = async (siteId: string, authorization: string | undefined) => {
    const { visitor, visit } = await visitorOf(store, siteId, authorization, clock.now());
    await limits.take('feedback', { visitor: visitor.id, site: siteId });
    return { visitorId: visitor.id, visitId: visit.id };
  };
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(viewRoute, async (c) => {
      const { site: key, locale } = c.req.valid('json');
      const site = await siteFor(key, c.req.header('origin'));
      const reader = await whose(site.id, c.req.header('authorization'));
      if (isBot(c.req.header('user-agent') ?? '')) return c.json({ helped: null }, 200);
      const helped = await feedback.viewed({ siteId: site.id, locale, slug: c.req.valid('param').slug }, reader);
      if (helped === undefined) throw new FrontdeskError('not-found');
      return c.json({ helped }, 200);
    })
    .openapi(voteRoute, async (c) => {
      const { site: key, locale, helped, comment } = c.req.valid('json');
      const site = await siteFor(key, c.req.header('origin'));
      const authorization = c.req.header('authorization');
      const known = authorization === undefined ? null : await whose(site.id, authorization);
      if (known === null) await limits.take('feedback', { site: site.id });
      if (isBot(c.req.header('user-agent') ?? '')) return c.json({}, 200);
      const vote = { visitorId: known?.visitorId ?? null, helped, comment };
      if (!(await feedback.vote({ siteId: site.id, locale, slug: c.req.valid('param').slug }, vote)))
        throw new FrontdeskError('not-found');
      return c.json({}, 200);
    })
    .openapi(searchRoute, async (c) => {
      const { site: key, locale, query } = c.req.valid('json');
      const site = await siteFor(key, c.req.header('origin'));
      await whose(site.id, c.req.header('authorization'));
      if (!isBot(c.req.header('user-agent') ?? '')) await feedback.searchFailed(site.id, locale, query);
      return c.json({}, 200);
    });
}
