import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { tokenOf } from './cookie.ts';
import type { OperatorsDeps } from './deps.ts';
import { findSession, type SessionRow, TOUCH_MS, touchSession } from './sessions.ts';
import { type OperatorRow, siteOf } from './store.ts';

/** What it takes to know a sign-in. */
export type GuardDeps = Pick<OperatorsDeps, 'store' | 'clock' | 'lazy'>;

/** Who a `Cookie` header is of; undefined for nobody. A request and an upgrade to a socket are looked at alike. */
export async function signedInBy(
  deps: GuardDeps,
  cookies: string | null | undefined,
  secure: boolean,
): Promise<{ operator: OperatorRow; session: SessionRow } | undefined> {
  const token = tokenOf(cookies, secure);
  if (token === undefined) return undefined;
  const now = deps.clock.now();
  const found = await findSession(deps.store.read, deps.store.t, token, now);
  if (found && now - found.session.lastSeenAt.getTime() >= TOUCH_MS) sawSession(deps, found.session.id);
  return found;
}

/** A sign of life of a sign-in, written lazily; an open socket gives one now and then too. */
export function sawSession(deps: GuardDeps, id: string): void {
  const now = deps.clock.now();
  deps.lazy.put(`operator-session:${id}`, (db) => touchSession(db, deps.store.t, id, now));
}

/** Lets only signed-in operators through, and says who it is. */
export function requireOperator(deps: GuardDeps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const found = await signedInBy(deps, c.req.header('cookie'), c.get('secure'));
    if (!found) throw new FrontdeskError('unauthorised');
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
