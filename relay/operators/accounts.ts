import { eq } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { PresenceStatus } from '../protocol/index.ts';
import { recordActivity } from '../sites/activity.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { dropSecondFactor, secondFactorOf } from './second-factor.ts';
import { type Revocation, revokeSessions } from './sessions.ts';
import { operatorByEmail, sitesOf, updateOperator } from './store.ts';

type AccountDeps = { store: Persistence; clock: Clock };

/** Who does it, for the activity log; `relay`: a person at the command line. */
export type Doer = { kind: 'operator'; id: string; ip: string } | { kind: 'relay' };

/**
 * Gives an operator a new password and ends sign-ins in the same transaction; gives the ids of those that ended. One that
 * somebody else sets is a first password, which they have to change.
 * Throws `bad-field` for a password that may not be, `not-found`.
 */
export async function changePassword(
  deps: AccountDeps,
  change: { operatorId: string; password: string; field?: string; revoke: Revocation; doer: Doer },
): Promise<string[]> {
  const { store, clock } = deps;
  const [operator] = await store.read
    .select({ name: store.t.operators.name, email: store.t.operators.email })
    .from(store.t.operators)
    .where(eq(store.t.operators.id, change.operatorId));
  await checkPassword(change.password, operator ? [operator.name, operator.email] : [], change.field);
  const passwordHash = await hashPassword(change.password);
  return store.tx(async (db) => {
    const isOwn = change.doer.kind === 'operator' && change.doer.id === change.operatorId;
    const passwordGivenAt = isOwn ? null : new Date(clock.now());
    const operator = await updateOperator(db, store.t, change.operatorId, { passwordHash, passwordGivenAt });
    if (!operator) throw new FrontdeskError('not-found');
    await recordForEachSite(db, store, operator.id, {
      actor: change.doer.kind === 'operator' ? change.doer : { kind: 'relay', id: null },
      action: 'password',
      subject: operator.id,
      ...(change.doer.kind === 'operator' && { ip: change.doer.ip }),
      at: new Date(clock.now()),
    });
    return revokeSessions(db, store.t, operator.id, change.revoke);
  });
}

/** `frontdesk operator password EMAIL`: a new password for whoever forgot theirs; all their sign-ins end. */
export async function resetPassword(deps: AccountDeps, email: string, password: string): Promise<string[]> {
  const operator = await operatorByEmail(deps.store.read, deps.store.t, email);
  if (!operator) throw new FrontdeskError('not-found', `There is no operator with the address ${email}.`);
  return changePassword(deps, { operatorId: operator.id, password, revoke: { all: true }, doer: { kind: 'relay' } });
}

/**
 * Turns the second factor of an operator off for somebody else's word and ends all their sign-ins; gives the ids of
 * those that ended. Nothing happens when it was not on.
 */
export async function resetSecondFactor(deps: AccountDeps, operatorId: string, doer: Doer): Promise<string[]> {
  const { store, clock } = deps;
  return store.tx(async (db) => {
    if (!(await dropSecondFactor(db, store.t, operatorId))) return [];
    await recordForEachSite(db, store, operatorId, {
      actor: doer.kind === 'operator' ? doer : { kind: 'relay', id: null },
      action: 'second-factor-reset',
      subject: operatorId,
      ...(doer.kind === 'operator' && { ip: doer.ip }),
      at: new Date(clock.now()),
    });
    return revokeSessions(db, store.t, operatorId, { all: true });
  });
}

/** `frontdesk operator reset-second-factor EMAIL`: for whoever lost phone and recovery codes. Throws `not-found`. */
export async function resetSecondFactorOf(deps: AccountDeps, email: string): Promise<void> {
  const { read, t } = deps.store;
  const operator = await operatorByEmail(read, t, email);
  if (!operator) throw new FrontdeskError('not-found', `There is no operator with the address ${email}.`);
  if (!(await secondFactorOf(read, t, operator.id)).on)
    throw new FrontdeskError('not-found', `${email} has no second factor.`);
  await resetSecondFactor(deps, operator.id, { kind: 'relay' });
}

/** Keeps what an operator says of themself, for the next time they sign in, and writes it down. */
export async function keepStatus(
  deps: AccountDeps,
  entry: { siteId: string; operatorId: string; status: PresenceStatus },
): Promise<void> {
  const { store, clock } = deps;
  await store.tx(async (db) => {
    const { operatorId, siteId, status } = entry;
    await updateOperator(db, store.t, operatorId, { status });
    await recordActivity(db, store.t, {
      siteId,
      actor: { kind: 'operator', id: operatorId },
      action: 'status',
      detail: { status },
      at: new Date(clock.now()),
    });
  });
}

/** An operator's sign-ins belong to every site they work for. */
export async function recordForEachSite(
  db: Parameters<typeof recordActivity>[0],
  store: Persistence,
  operatorId: string,
  entry: Omit<Parameters<typeof recordActivity>[2], 'siteId'>,
): Promise<void> {
  for (const { id } of await sitesOf(db, store.t, operatorId)) {
    await recordActivity(db, store.t, { ...entry, siteId: id });
  }
}
