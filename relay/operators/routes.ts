import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { operator, uuid } from '../protocol/index.ts';
import { recordActivity } from '../sites/activity.ts';
import { changePassword, resetSecondFactor } from './accounts.ts';
import type { OperatorsDeps } from './deps.ts';
import { operatorName } from './me.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { type Known, mayActOn, type OperatorAction } from './rules.ts';
import { revokeSessions } from './sessions.ts';
import { createOperator, type Member, memberOf, membersOf, toOperator, updateOperator } from './store.ts';

const site = z.object({ site: z.string() });
const one = z.object({ site: z.string(), id: uuid });
const password = z.string().max(1_000);
const all = { 200: jsonAnswer(z.object({ operators: z.array(operator) }), 'The operators'), ...errorAnswer };
const single = { 200: jsonAnswer(operator, 'The operator'), ...errorAnswer };

const list = createRoute({
  method: 'get',
  path: '/sites/{site}/operators',
  summary: 'Everybody who works or worked for the site',
  request: { params: site },
  responses: all,
});
const create = createRoute({
  method: 'post',
  path: '/sites/{site}/operators',
  summary: 'Make an operator with a first password, which they change at their first sign-in; for the owner',
  request: { params: site, body: jsonBody(z.object({ name: operatorName, email: z.email().max(320), password })) },
  responses: single,
});
const change = createRoute({
  method: 'patch',
  path: '/sites/{site}/operators/{id}',
  summary: 'Change an operator’s name; for the owner and for oneself',
  request: { params: one, body: jsonBody(z.object({ name: operatorName.optional() })) },
  responses: single,
});
const setPassword = createRoute({
  method: 'post',
  path: '/sites/{site}/operators/{id}/password',
  summary: 'Give an operator a new first password; their sign-ins end; for the owner',
  request: { params: one, body: jsonBody(z.object({ password })) },
  responses: { 200: jsonAnswer(z.object({}), 'Changed'), ...errorAnswer },
});
const resetFactor = createRoute({
  method: 'delete',
  path: '/sites/{site}/operators/{id}/second-factor',
  summary: 'Turn an operator’s second factor off; their sign-ins end; for the owner',
  request: { params: one },
  responses: { 200: jsonAnswer(z.object({}), 'It is off'), ...errorAnswer },
});
const remove = createRoute({
  method: 'delete',
  path: '/sites/{site}/operators/{id}',
  summary: 'Delete an operator, who stays in the history; for the owner',
  request: { params: one },
  responses: all,
});

/** The operators of a site, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function operatorsRoutes(deps: OperatorsDeps) {
  const { store, clock } = deps;
  const { t, read } = store;

  const shown = (siteId: string, member: Member) => toOperator(member, deps.statuses(siteId)[member.id] ?? 'offline');
  const shownAll = async (siteId: string) => ({
    operators: (await membersOf(read, t, siteId)).map((member) => shown(siteId, member)),
  });
  const actorOf = (c: Context<AppEnv>): Known => ({
    id: c.get('signedIn').operator.id,
    role: c.get('site').role,
    deleted: false,
  });
  const byActor = (c: Context<AppEnv>) => ({
    siteId: c.get('site').id,
    actor: { kind: 'operator', id: c.get('signedIn').operator.id } as const,
    ip: c.get('ip'),
    at: new Date(clock.now()),
  });
  /** The operator it is about, when the one who asks may do this to them. */
  const target = async (c: Context<AppEnv>, action: OperatorAction, id: string): Promise<Member> => {
    const member = await memberOf(read, t, c.get('site').id, id);
    if (!member) throw new FrontdeskError('not-found');
    const known = { id: member.id, role: member.role, deleted: member.deletedAt !== null };
    if (!mayActOn(actorOf(c), action, known)) throw new FrontdeskError('forbidden');
    return member;
  };

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(list, async (c) => c.json(await shownAll(c.get('site').id), 200))
    .openapi(create, async (c) => {
      if (!mayActOn(actorOf(c), 'create')) throw new FrontdeskError('forbidden');
      const siteId = c.get('site').id;
      const { name, email, password: first } = c.req.valid('json');
      await checkPassword(first, [name, email, c.get('site').key]);
      const passwordHash = await hashPassword(first);
      const made = await store.tx(async (db) => {
        const at = new Date(clock.now());
        const given = { role: 'operator', passwordHash, isFirstPassword: true } as const;
        const member = await createOperator(db, t, { siteId, name, email, ...given, at });
        await recordActivity(db, t, { ...byActor(c), action: 'operator-created', subject: member.id });
        return member;
      });
      deps.onEdited(siteId);
      return c.json(shown(siteId, made), 200);
    })
    .openapi(change, async (c) => {
      const siteId = c.get('site').id;
      const member = await target(c, 'rename', c.req.valid('param').id);
      const { name } = c.req.valid('json');
      if (name === undefined) return c.json(shown(siteId, member), 200);
      const row = await store.tx(async (db) => {
        await recordActivity(db, t, {
          ...byActor(c),
          action: 'operator-renamed',
          subject: member.id,
          detail: { name },
        });
        return updateOperator(db, t, member.id, { name });
      });
      if (!row) throw new FrontdeskError('not-found');
      deps.onEdited(siteId);
      return c.json(shown(siteId, { ...row, role: member.role }), 200);
    })
    .openapi(setPassword, async (c) => {
      const member = await target(c, 'set-password', c.req.valid('param').id);
      const ended = await changePassword(deps, {
        operatorId: member.id,
        password: c.req.valid('json').password,
        revoke: { all: true },
        doer: { kind: 'operator', id: c.get('signedIn').operator.id, ip: c.get('ip') },
      });
      deps.onRevoked(ended);
      return c.json({}, 200);
    })
    .openapi(resetFactor, async (c) => {
      const member = await target(c, 'reset-second-factor', c.req.valid('param').id);
      const doer = { kind: 'operator', id: c.get('signedIn').operator.id, ip: c.get('ip') } as const;
      deps.onRevoked(await resetSecondFactor(deps, member.id, doer));
      return c.json({}, 200);
    })
    .openapi(remove, async (c) => {
      const siteId = c.get('site').id;
      const member = await target(c, 'delete', c.req.valid('param').id);
      const ended = await store.tx(async (db) => {
        await updateOperator(db, t, member.id, { deletedAt: new Date(clock.now()) });
        await recordActivity(db, t, { ...byActor(c), action: 'operator-deleted', subject: member.id });
        return revokeSessions(db, t, member.id, { all: true });
      });
      deps.onRevoked(ended);
      await deps.onDeleted(siteId, { id: member.id, name: member.name });
      deps.onEdited(siteId);
      return c.json(await shownAll(siteId), 200);
    });
}
