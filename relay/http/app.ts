import type { IncomingMessage } from 'node:http';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { every } from 'hono/combine';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import type { Limits } from '../bus/limits.ts';
import { type ConversationRoutesDeps, conversationRoutes } from '../conversations/routes.ts';
import { visitorConversationRoutes } from '../conversations/visitor-routes.ts';
import { type FileRoutesDeps, fileRoutes } from '../files/routes.ts';
import { operatorUploadRoutes, type UploadRoutesDeps, uploadRoutes } from '../files/upload-routes.ts';
import { type ConsoleArticleRoutesDeps, consoleArticleRoutes } from '../knowledge/console-routes.ts';
import { type FeedbackRoutesDeps, feedbackRoutes } from '../knowledge/feedback-routes.ts';
import { type ArticleRoutesDeps, articleRoutes } from '../knowledge/routes.ts';
import type { Meter } from '../metrics/meter.ts';
import type { OperatorsDeps } from '../operators/deps.ts';
import { requireOperator, requireSite } from '../operators/guards.ts';
import { meRoutes } from '../operators/me-routes.ts';
import { operatorsRoutes } from '../operators/routes.ts';
import { secondFactorDemandRoutes } from '../operators/second-factor-demand-routes.ts';
import { secondFactorRoutes } from '../operators/second-factor-routes.ts';
import { sessionRoutes as ownSessionRoutes } from '../operators/session-routes.ts';
import { signInRoutes } from '../operators/sign-in-routes.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { type SitesDeps, sitesRoutes } from '../sites/routes.ts';
import { type TriggerRoutesDeps, triggerRoutes } from '../triggers/routes.ts';
import { type IdentifyDeps, identifyRoutes } from '../visitors/identify-routes.ts';
import { type IdentityKeyDeps, identityKeyRoutes } from '../visitors/identity-key-routes.ts';
import { type SessionRoutesDeps, sessionRoutes } from '../visitors/session-routes.ts';
import { type SignOutDeps, signOutRoutes } from '../visitors/sign-out-routes.ts';
import { answerError, onInvalid } from './answers.ts';
import type { AppEnv } from './env.ts';
import { eventStreamRoutes } from './event-stream-routes.ts';
import { audit } from './middleware/audit.ts';
import { bearerOnly } from './middleware/bearer-only.ts';
import { consoleOrigin } from './middleware/console-origin.ts';
import { goingDown } from './middleware/going-down.ts';
import { rateLimit, rateLimitOperator } from './middleware/rate-limit.ts';
import { requestLog } from './middleware/request-log.ts';
import { safeHeaders } from './middleware/safe-headers.ts';
import { visitorCors } from './middleware/visitor-cors.ts';
import { type Assets, servePages } from './pages.ts';

/** Bytes of one request's body. */
const BODY_BYTES = 256 * 1024;

/** What a visitor's route is counted as, before anything of it is looked at. */
const VISITOR_RATES = [
  ['/api/visitor/session', 'session'],
  ['/api/visitor/sign-out', 'session'],
  ['/api/visitor/identify', 'identify'],
  ['/api/visitor/conversations/*', 'history'],
  ['/api/visitor/events', 'socket'],
  ['/api/visitor/commands', 'api'],
  ['/api/visitor/articles', 'search'],
  ['/api/visitor/articles/:slug', 'search'],
  ['/api/visitor/articles/:slug/views', 'feedback'],
  ['/api/visitor/articles/:slug/votes', 'feedback'],
  ['/api/visitor/failed-searches', 'feedback'],
  ['/api/visitor/files/*', 'file'],
  ['/api/files/*', 'file'],
  ['/api/visitor/uploads', 'api'],
  ['/api/visitor/uploads/addresses', 'history'],
] as const;

export interface AppDeps {
  logger: Logger;
  limits: Limits;
  assets: Assets;
  /** The demo shop's pages, where it is served. */
  demo: Hono | null;
  addressOf(request: IncomingMessage): string;
  /** Whether a request came by https, as a trusted proxy says. */
  isSecure(request: IncomingMessage): boolean;
  /** Whether a trusted proxy handed a request on. */
  isPassedOn(request: IncomingMessage): boolean;
  isOwnOrigin(origin: string): boolean;
  isGoingDown(): boolean;
  /** A sentence when the relay cannot serve now; null when it can. */
  notReady(): Promise<string | null>;
  meter: Meter;
  /** Bearer tokens that may read `/metrics`. */
  metricsTokens: readonly string[];
  visitors: SessionRoutesDeps & SignOutDeps & IdentifyDeps;
  identityKeys: IdentityKeyDeps;
  eventStream: Parameters<typeof eventStreamRoutes>[0];
  operators: OperatorsDeps;
  sites: SitesDeps;
  conversations: ConversationRoutesDeps;
  triggers: TriggerRoutesDeps;
  articles: ArticleRoutesDeps & ConsoleArticleRoutesDeps & FeedbackRoutesDeps & FileRoutesDeps;
  uploads: UploadRoutesDeps;
}

/** Everything operators and integrations can ask, under `/api/v1`. */
function consoleApi(deps: AppDeps) {
  const guard = every(requireOperator(deps.operators), rateLimitOperator(deps.limits), audit(deps.operators));
  const api = new OpenAPIHono<AppEnv>({ defaultHook: onInvalid });
  api.use('*', consoleOrigin(deps.isOwnOrigin), rateLimit(deps.limits, 'api'));
  // `/*` is the path itself as well: a second line for it would count and write down everything twice.
  api.use('/me/*', guard);
  api.use('/sites/:site/*', guard, requireSite(deps.operators));
  return api
    .route('/', signInRoutes(deps.operators))
    .route('/', meRoutes(deps.operators))
    .route('/', ownSessionRoutes(deps.operators))
    .route('/', secondFactorRoutes(deps.operators))
    .route('/', secondFactorDemandRoutes(deps.operators))
    .route('/', sitesRoutes(deps.sites))
    .route('/', operatorsRoutes(deps.operators))
    .route('/', conversationRoutes(deps.conversations))
    .route('/', triggerRoutes(deps.triggers))
    .route('/', identityKeyRoutes(deps.identityKeys))
    .route('/', consoleArticleRoutes(deps.articles))
    .route('/', operatorUploadRoutes(deps.uploads));
}

/** The whole HTTP surface of a relay. */
export function createApp(deps: AppDeps) {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: onInvalid });

  const { meter } = deps;
  app.onError((error, c) => {
    if (error instanceof FrontdeskError) {
      meter.answeredError(error.code);
      return answerError(c, error);
    }
    if (error instanceof HTTPException)
      return answerError(
        c,
        new FrontdeskError(error.status === 413 ? 'too-big' : 'bad-request', error.message || undefined),
      );
    meter.failed('request');
    deps.logger.error({ requestId: c.get('requestId'), err: error }, 'request failed');
    return answerError(c, new FrontdeskError('internal'));
  });
  app.notFound((c) => answerError(c, new FrontdeskError('not-found')));

  app.use('*', requestLog(deps), safeHeaders);
  const smallBody = bodyLimit({
    maxSize: BODY_BYTES,
    onError: () => {
      throw new FrontdeskError('too-big');
    },
  });
  // A file's route reads its body by itself, up to the limit of files.
  app.use('/api/*', (c, next) => (/\/uploads$/.test(c.req.path) ? next() : smallBody(c, next)));

  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const reason = await deps.notReady();
    return reason === null ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', reason }, 503);
  });

  app.get('/metrics', bearerOnly(deps.metricsTokens), async (c) =>
    c.body(await meter.read(), 200, { 'content-type': meter.contentType }),
  );

  app.use('/api/visitor/*', visitorCors);
  app.use('/api/*', goingDown(deps.isGoingDown));
  for (const [path, what] of VISITOR_RATES) app.use(path, rateLimit(deps.limits, what));
  app.route('/', sessionRoutes(deps.visitors));
  app.route('/', signOutRoutes(deps.visitors));
  app.route('/', identifyRoutes(deps.visitors));
  app.route('/', visitorConversationRoutes(deps.visitors));
  app.route('/', eventStreamRoutes(deps.eventStream));
  app.route('/', articleRoutes(deps.articles));
  app.route('/', feedbackRoutes(deps.articles));
  app.route('/', fileRoutes(deps.articles));
  app.route('/', uploadRoutes(deps.uploads));

  app.route('/api/v1', consoleApi(deps));
  app.doc31('/api/v1/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Frontdesk', version: '1' },
  });

  if (deps.demo) app.route('/', deps.demo);
  servePages(app, deps.assets);
  return app;
}
