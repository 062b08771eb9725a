import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { changePassword, recordForEachSite } from './accounts.ts';
import type { OperatorsDeps } from './deps.ts';
import { checkSuccessor } from './first-password.ts';
import { gateOf } from './gate.ts';
import { meReply, operatorName, toMe } from './me.ts';
import { verifyPassword } from './passwords.ts';
import { revokeSessions, type SessionRow, sessionsOf } from './sessions.ts';
import { operatorById, sitesOf, updateOperator } from './store.ts';

const sessionList = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      /** The one that asks. */
      current: z.boolean(),
      createdAt: z.string(),
      lastSeenAt: z.string(),
      expiresAt: z.string(),
      ip: z.string(),
      userAgent: z.string(),
    }),
  ),
});

const me = { 200: jsonAnswer(meReply, 'Who is signed in'), ...errorAnswer };
const sessions = { 200: jsonAnswer(sessionList, 'The sign-ins that are not over'), ...errorAnswer };

const readMe = createRoute({ method: 'get', path: '/me', summary: 'Who is signed in', responses: me });
const changeMe = createRoute({
  method: 'patch',
  path: '/me',
  summary: 'Change one’s own name',
  request: { body: jsonBody(z.object({ name: operatorName.optional() })) },
  responses: me,
});
const changeOwnPassword = createRoute({
  method: 'post',
  path: '/me/password',
  summary: 'Change one’s own password; all other sign-ins end',
  request: { body: jsonBody(z.object({ current: z.string().max(1_000), next: z.string().max(1_000) })) },
  responses: { 200: jsonAnswer(z.object({}), 'Changed'), ...errorAnswer },
});
const listSessions = createRoute({
  method: 'get',
  path: '/me/sessions',
  summary: 'One’s own sign-ins',
  responses: sessions,
});
const endSession = createRoute({
  method: 'delete',
  path: '/me/sessions/{id}',
  summary: 'End one of one’s own sign-ins',
  request: { params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) }) },
  responses: sessions,
});

/** What an operator does with their own account, under `/api/v1`; `requireOperator` stands before them. */
export function meRoutes(deps: OperatorsDeps) {
  const { store, clock, throttle } = deps;
  const { t, read } = store;

  const reply = async (operatorId: string) => {
    const operator = await operatorById(read, t, operatorId);
    if (!operator) throw new FrontdeskError('unauthorised');
    return toMe(operator, await sitesOf(read, t, operatorId), await gateOf(read, t, operator));
  };
  const byOneself = (c: Context<AppEnv>) => {
    const { id } = c.get('signedIn').operator;
    const actor = { kind: 'operator', id } as const;
    return { actor, subject: id, ip: c.get('ip'), at: new Date(clock.now()) };
  };
  const list = async (operatorId: string, current: string) => {
    const rows = await sessionsOf(read, t, operatorId, clock.now());
    return { sessions: rows.map((row) => toSession(row, current)) };
  };

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(readMe, async (c) => c.json(await reply(c.get('signedIn').operator.id), 200))
    .openapi(changeMe, async (c) => {
      const { id } = c.get('signedIn').operator;
      const { name } = c.req.valid('json');
      if (name !== undefined) {
        await store.tx(async (db) => {
          await updateOperator(db, t, id, { name });
          await recordForEachSite(db, store, id, { ...byOneself(c), action: 'operator-renamed', detail: { name } });
        });
        for (const site of await sitesOf(read, t, id)) deps.onEdited(site.id);
      }
      return c.json(await reply(id), 200);
    })
    .openapi(changeOwnPassword, async (c) => {
      const { operator, sessionId } = c.get('signedIn');
      const { current, next } = c.req.valid('json');
      const ip = c.get('ip');
      await throttle.take(operator.email, ip);
      const row = await operatorById(read, t, operator.id);
      if (!row || !(await verifyPassword(current, row.passwordHash))) {
        throw new FrontdeskError('bad-credentials', 'The present password is not right.', { field: 'current' });
      }
      await throttle.forgive(operator.email, ip);
      checkSuccessor(row, { current, next, now: clock.now() });
      const ended = await changePassword(deps, {
        operatorId: operator.id,
        password: next,
        field: 'next',
        revoke: { allBut: sessionId },
        doer: { kind: 'operator', id: operator.id, ip },
      });
      deps.onRevoked(ended);
      return c.json({}, 200);
    })
    .openapi(listSessions, async (c) => {
      const { operator, sessionId } = c.get('signedIn');
      return c.json(await list(operator.id, sessionId), 200);
    })
    .openapi(endSession, async (c) => {
      const { operator, sessionId } = c.get('signedIn');
      const { id } = c.req.valid('param');
      const ended = await store.tx(async (db) => {
        const over = await revokeSessions(db, t, operator.id, { only: [id] });
        if (over.length > 0)
          await recordForEachSite(db, store, operator.id, { ...byOneself(c), action: 'sign-in-ended' });
        return over;
      });
      if (ended.length === 0) throw new FrontdeskError('not-found');
      deps.onRevoked(ended);
      return c.json(await list(operator.id, sessionId), 200);
    });
}

function toSession(row: SessionRow, current: string): z.infer<typeof sessionList>['sessions'][number] {
  return {
    id: row.id,
    current: row.id === current,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ip: row.ip,
    userAgent: row.userAgent,
  };
}
