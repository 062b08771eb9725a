import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { changePassword, recordForEachSite } from './accounts.ts';
import { askPassword } from './ask-password.ts';
import type { OperatorsDeps } from './deps.ts';
import { checkSuccessor } from './first-password.ts';
import { gateOf } from './gate.ts';
import { meReply, operatorName, toMe } from './me.ts';
import { operatorById, sitesOf, updateOperator } from './store.ts';

const me = { 200: jsonAnswer(meReply, 'Who is signed in'), ...errorAnswer };

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
      const row = await askPassword(deps, { ...operator, ip }, current, 'current');
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
    });
}
