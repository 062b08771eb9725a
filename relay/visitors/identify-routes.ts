import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi';
import { eq } from 'drizzle-orm';
import type { Limits } from '../bus/limits.ts';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import type { Seal } from '../operators/deps.ts';
import type { Attributes } from '../protocol/entities.ts';
import { identifyReply, identifyRequest } from '../protocol/visitor-http.ts';
import type { Batch, Clock, CommitQueue, Db, Persistence } from '../store/index.ts';
import { identityKeysOf } from './identity-keys.ts';
import { readIdentityToken } from './identity-token.ts';
import { type Joining, joinVerified, visitorOfDevice } from './join.ts';
import { offerToken } from './rotation.ts';
import { bearer, visitorOf } from './session-routes.ts';
import type { VisitorRow } from './store.ts';
import { hashToken, nextToken } from './token.ts';

export interface IdentifyDeps extends Pick<Joining, 'moveConversations' | 'isOpen'> {
  store: Persistence;
  queue: CommitQueue;
  clock: Clock;
  limits: Limits;
  seal: Seal;
  tokenKeys: readonly Buffer[];
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
  /** Conversations of a visitor, to be locked before they change hands. */
  conversationIds(siteId: string, visitorId: string): Promise<string[]>;
  chatHead(conversationId: string): Promise<{ exists: boolean; unread: number; seq: number }>;
  /** The device is another visitor's now: its sockets are to come back. */
  onMoved(siteId: string, deviceId: string): void;
  onPerson(
    siteId: string,
    visitorId: string,
    person: { name: string | null; email: string | null; verified: boolean },
  ): void;
}

const route = createRoute({
  method: 'post',
  path: '/api/visitor/identify',
  summary: 'Who the visitor is: proved by a token of the site’s server, or told by the page',
  tags: ['visitor'],
  request: { body: jsonBody(identifyRequest) },
  responses: { 200: jsonAnswer(identifyReply, 'Who they are now'), ...errorAnswer },
});

type Said = Pick<z.infer<typeof identifyRequest>, 'person' | 'attributes' | 'conversation'>;
/** Attributes of one visitor at most; what comes beyond is left out. */
const ATTRIBUTES = 100;

const kept = <K extends string>(name: K, value: string | null | undefined) =>
  value === undefined ? {} : ({ [name]: value } as Record<K, string | null>);

/** Attributes after a change: null removes one. */
function withChanges(before: Attributes, change: [string, Attributes[string] | null][]): Attributes {
  const all = new Map(Object.entries(before));
  for (const [name, value] of change)
    if (value === null) all.delete(name);
    else if (all.has(name) || all.size < ATTRIBUTES) all.set(name, value);
  return Object.fromEntries(all);
}

/** How a visitor gets a name [ID1–ID8]. */
export function identifyRoutes(deps: IdentifyDeps) {
  const { store, queue, clock } = deps;
  const { t } = store;

  /** What the page says itself: a name for who is not verified, attributes that nobody signed. It proves nothing. */
  const tell = async (db: Db, visitor: VisitorRow, said: Said): Promise<VisitorRow> => {
    const { person = {}, attributes = {} } = said;
    const change: Partial<VisitorRow> =
      visitor.externalId === null
        ? { ...kept('name', person.name), ...kept('email', person.email), ...kept('phone', person.phone) }
        : {};
    const free = Object.entries(attributes).filter(([name]) => !visitor.signed?.includes(name));
    if (free.length > 0) change.attributes = withChanges(visitor.attributes, free);
    if (said.conversation) await tellOf(db, visitor, said.conversation);
    if (Object.keys(change).length === 0) return visitor;
    await db.update(t.visitors).set(change).where(eq(t.visitors.id, visitor.id));
    return { ...visitor, ...change };
  };

  /** The same of the conversation that is theirs to write in, which may have no record yet. */
  const tellOf = async (db: Db, visitor: VisitorRow, change: NonNullable<Said['conversation']>) => {
    const { conversationAttributes: c } = t;
    const conversationId = visitor.conversationId;
    const [row] = await db.select().from(c).where(eq(c.conversationId, conversationId));
    const attributes = withChanges(row?.attributes ?? {}, Object.entries(change));
    await db
      .insert(c)
      .values({ conversationId, siteId: visitor.siteId, attributes })
      .onConflictDoUpdate({ target: c.conversationId, set: { attributes } });
  };

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid }).openapi(route, async (c) => {
    const { site: siteKey, token: proof, ...said } = c.req.valid('json');
    const site = await deps.siteFor(siteKey, c.req.header('origin'));
    const authorization = c.req.header('authorization');
    const proved = await visitorOf(store, site.id, authorization, clock.now());
    const { device } = proved;
    await deps.limits.take('identify', { visitor: device.id, site: site.id });
    const at = new Date(clock.now());
    const claims =
      proof === undefined
        ? null
        : readIdentityToken(proof, {
            ...{ site: site.key, now: clock.now() },
            keys: await identityKeysOf(store.read, t, deps.seal, site.id),
          });
    // The same for every tab of the device that asks, so that none is left with a token that another one made void.
    const [key] = deps.tokenKeys;
    const following = claims && key ? nextToken(key, bearer(authorization) ?? '') : undefined;
    const held = claims ? await deps.conversationIds(site.id, device.id) : [];
    const { visitor, joined } = await queue.submit({
      key: [
        device.id,
        proved.visitor.id,
        device.conversationId,
        ...(claims ? [`person:${site.id}:${claims.sub}`] : []),
        ...held,
      ],
      async run(db: Db, batch: Batch) {
        if (!claims) {
          // As they are now: another tab may have told something since the token was looked at.
          const { own } = await visitorOfDevice(db, t, site.id, device.id);
          return { visitor: await tell(db, own ?? proved.visitor, said), joined: false };
        }
        const done = await joinVerified(db, batch, { ...deps, t, siteId: site.id, at }, device.id, claims);
        if (done.joined && following) await offerToken(db, t, device, hashToken(following), 'signed');
        return done;
      },
    });
    if (joined) deps.onMoved(site.id, device.id);
    const verified = visitor.externalId !== null;
    deps.onPerson(site.id, visitor.id, { name: visitor.name, email: visitor.email, verified });
    return c.json(
      {
        ...(joined && following && { token: following }),
        visitor: { id: visitor.id, name: visitor.name, email: visitor.email, phone: visitor.phone, verified },
        conversation: { id: visitor.conversationId, ...(await deps.chatHead(visitor.conversationId)) },
      },
      200,
    );
  });
}
