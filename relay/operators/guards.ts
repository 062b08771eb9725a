import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError, type Owed } from '../protocol/errors.ts';
import { tokenOf } from './cookie.ts';
import type { OperatorsDeps } from './deps.ts';
import { gateOf, passGate } from './gate.ts';
import { findSession, findSessionById, type SessionRow, TOUCH_MS, touchSession } from './sessions.ts';
import { type OperatorRow, siteOf } from './store.ts';

/** What it takes to know a sign-in. */
export type GuardDeps = Pick<OperatorsDeps, 'store' | 'clock' | 'lazy'>;

/** A sign-in that is not over: whose it is, and what they owe before anything else works. */
export interface KnownSignIn {
  operator: OperatorRow;
  session: SessionRow;
  owes: Owed | null;
}

/** Who a `Cookie` header is of; undefined for nobody. A request and an upgrade to a socket are looked at alike. */
export async function signedInBy(
  deps: GuardDeps,
  cookies: string | null | undefined,
  secure: boolean,
): Promise<KnownSignIn | undefined> {
  const token = tokenOf(cookies, secure);
  if (token === undefined) return undefined;
  const now = deps.clock.now();
  const { read, t } = deps.store;
  const found = await findSession(read, t, token, now);
  if (found && now - found.session.lastSeenAt.getTime() >= TOUCH_MS) sawSession(deps, found.session.id);
  return found && { ...found, owes: await gateOf(read, t, found.operator) };
}

/** Whether a sign-in is still good for a socket: it may have ended, or met a gate, since the upgrade. */
export async function isStillGood(deps: Pick<GuardDeps, 'store' | 'clock'>, sessionId: string): Promise<boolean> {
  const { read, t } = deps.store;
  const found = await findSessionById(read, t, sessionId, deps.clock.now());
  return found !== undefined && (await gateOf(read, t, found.operator)) === null;
}

/** A sign of life of a sign-in, written lazily; an open socket gives one now and then too. */
export function sawSession(deps: GuardDeps, id: string): void {
  const now = deps.clock.now();
  deps.lazy.put(`operator-session:${id}`, (db) => touchSession(db, deps.store.t, id, now));
}

/** Lets only signed-in operators through who owe nothing that comes first, and says who it is. */
export function requireOperator(deps: GuardDeps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const found = await signedInBy(deps, c.req.header('cookie'), c.get('secure'));
    if (!found) throw new FrontdeskError('unauthorised');
    passGate(found.owes, `${c.req.method} ${c.req.path.replace(/^\/api\/v1/, '')}`);
    const { id, name, email } = found.operator;
    c.set('signedIn', { operator: { id, name, email }, sessionId: found.session.id });
    await next();
  };
}

/**
 * Lets an operator through to a site that they work for; behind `requireOperator`, on paths with `:site`. A site that
 * is not theirs answers as one that is not there.
 */
export function requireSite(deps: Pick<OperatorsDeps, 'store'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { read, t } = deps.store;
    const found = await siteOf(read, t, c.get('signedIn').operator.id, c.req.param('site') ?? '');
    if (!found) throw new FrontdeskError('not-found');
    c.set('site', { id: found.id, key: found.key, role: found.role });
    await next();
  };
}
