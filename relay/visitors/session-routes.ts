import { randomUUIDv7 } from 'node:crypto';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Limits } from '../bus/limits.ts';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import type { Availability, Metadata } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { PublicSite, PublicTrigger } from '../protocol/public-site.ts';
import type { LocaleCode } from '../protocol/site-settings.ts';
import { sessionReply, sessionRequest } from '../protocol/visitor-http.ts';
import { forVisit } from '../sites/messenger-visits.ts';
import type { Clock, CommitQueue, Persistence } from '../store/index.ts';
import { isBot, readBrowser } from './browser.ts';
import type { Locate } from './location.ts';
import { isOffered, isTokenDue, offerToken, takeUpToken } from './rotation.ts';
import { type Arrival, notePageLoad, type Proved, visitorByToken } from './store.ts';
import { hashToken, makeToken, nextToken } from './token.ts';
import { readUtm } from './visit-rules.ts';

export interface SessionRoutesDeps {
  store: Persistence;
  queue: CommitQueue;
  limits: Limits;
  /** Keys that following tokens are made with, the newest first. */
  tokenKeys: readonly Buffer[];
  clock: Clock;
  locate: Locate;
  /** The site of a key as a visitor's page may use it: throws when unknown or when the origin is not allowed. */
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
  chooseLocale(siteId: string, page: string, browser: string): Promise<LocaleCode>;
  publicSite(siteId: string, locale: LocaleCode, icon: string): Promise<PublicSite>;
  availability(siteId: string): Promise<Availability>;
  triggersFor(siteId: string, visitorId: string, locale: LocaleCode): Promise<PublicTrigger[]>;
  chatHead(conversationId: string): Promise<{ exists: boolean; unread: number; seq: number }>;
}

const route = createRoute({
  method: 'post',
  path: '/api/visitor/session',
  summary: 'What a page load begins with: who the visitor is, and what the site offers',
  tags: ['visitor'],
  request: { body: jsonBody(sessionRequest) },
  responses: { 200: jsonAnswer(sessionReply, 'The session'), ...errorAnswer },
});

/** The browser's first language, as its header names it. */
const languageOf = (header: string | undefined): string => header?.match(/^[a-z]{2,8}(-[a-z0-9]{1,8})*/i)?.[0] ?? '';

/** The token of an Authorization header. */
export const bearer = (header: string | undefined): string | null =>
  header?.match(/^Bearer ([\w-]{20,200})$/)?.[1] ?? null;

/** The one request every page view makes [VS1–VS4]. */
export function sessionRoutes(deps: SessionRoutesDeps) {
  const { store, queue, clock } = deps;
  const { t } = store;

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid }).openapi(route, async (c) => {
    const asked = c.req.valid('json');
    const site = await deps.siteFor(asked.site, c.req.header('origin'));
    const language = languageOf(c.req.header('accept-language'));
    const locale = await deps.chooseLocale(site.id, asked.locale, language);
    const at = new Date(clock.now());
    const userAgent = (c.req.header('user-agent') ?? '').slice(0, 500);
    const common = {
      now: at.toISOString(),
      site: await deps.publicSite(site.id, locale, asked.icon),
      availability: await deps.availability(site.id),
    };

    // A crawler gets the page's words and leaves no trace; so does who has not consented to one [PV1].
    if (isBot(userAgent) || asked.consent !== 'granted')
      return c.json(
        {
          ...common,
          visitor: { id: randomUUIDv7(), name: null, email: null, phone: null },
          visitNumber: 1,
          visitStartedAt: common.now,
          conversation: { id: randomUUIDv7(), exists: false, unread: 0, seq: 0 },
          triggers: [],
          quiet: true,
        },
        200,
      );

    const ip = c.get('ip');
    const { page } = asked;
    const metadata: Metadata = {
      ip,
      ...deps.locate(ip),
      ...readBrowser(userAgent, asked.hints),
      userAgent,
      pageUrl: page.url,
      pageTitle: page.title,
      landingUrl: page.url,
      referrer: page.referrer,
      utm: readUtm(page.url),
      language: language || null,
      timeZone: asked.timeZone || null,
      screen: asked.screen || null,
    };
    const token = bearer(c.req.header('authorization'));
    const known = token ? await visitorByToken(store.read, t, site.id, token, at.getTime()) : null;
    await deps.limits.take('session', { visitor: known?.visitor.id, site: site.id });
    if (!known) await deps.limits.take('visitor', { address: ip, site: site.id });
    const freshToken = makeToken();
    const given = known && token ? followingToken(deps.tokenKeys, known, token, at.getTime()) : null;
    const arrival: Arrival = await queue.submit({
      key: known?.visitor.id ?? [],
      run: async (db) => {
        if (given?.offer && known) await offerToken(db, t, known.device, hashToken(given.token));
        if (token && isOffered(known?.proof)) await takeUpToken(db, t, known?.device.id ?? '', hashToken(token), at);
        const fresh = { tokenHash: hashToken(freshToken) };
        return notePageLoad(db, t, known, { siteId: site.id, locale, page, metadata }, at, fresh);
      },
    });
    const { visitor, visit } = arrival;
    const chat = await deps.chatHead(visitor.conversationId);
    return c.json(
      {
        ...common,
        site: forVisit(common.site, visitor.number, visit.number),
        ...(known ? given && { token: given.token } : { token: freshToken }),
        visitor: { id: visitor.id, name: visitor.name, email: visitor.email, phone: visitor.phone },
        visitNumber: visit.number,
        visitStartedAt: visit.startedAt.toISOString(),
        conversation: { id: visitor.conversationId, ...chat },
        triggers: await deps.triggersFor(site.id, visitor.id, locale),
        quiet: false,
      },
      200,
    );
  });
}

/**
 * The token to give to somebody known, if any: the next one when the present one is a month old, and to who still shows
 * the one before, the one in use.
 */
function followingToken(
  keys: readonly Buffer[],
  { device, proof }: Proved,
  shown: string,
  now: number,
): { token: string; offer: boolean } | null {
  const following = keys.map((key) => nextToken(key, shown));
  const token = proof === 'old' ? following.find((one) => hashToken(one) === device.tokenHash) : following[0];
  if (token === undefined || isOffered(proof) || (proof === 'current' && !isTokenDue(device, now))) return null;
  return { token, offer: proof === 'current' };
}

/** The visitor of a request's Authorization header, or `unauthorised`. */
export async function visitorOf(
  store: Persistence,
  siteId: string,
  authorization: string | undefined,
  now: number,
): Promise<Proved> {
  const token = bearer(authorization);
  const arrival = token ? await visitorByToken(store.read, store.t, siteId, token, now) : null;
  if (!arrival)
    throw new FrontdeskError('unauthorised', 'This visitor token is not known (any more); ask for a new session.');
  return arrival;
}
