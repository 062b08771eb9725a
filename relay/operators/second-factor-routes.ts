import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { recordForEachSite } from './accounts.ts';
import { askPassword } from './ask-password.ts';
import type { OperatorsDeps } from './deps.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  dropSecondFactor,
  secondFactorOf,
  spendCode,
} from './second-factor.ts';
import { isDemandedOf } from './second-factor-demand.ts';
import { revokeSessions } from './sessions.ts';

const password = z.string().max(1_000);
/** A code of six digits, or a recovery code. */
export const typedCode = z.string().max(100);
const state = z.object({
  on: z.boolean(),
  recoveryCodes: z.number().int(),
  /** Whether a site asks for it, so that it cannot be turned off. */
  demanded: z.boolean(),
});
const path = '/me/second-factor';

const read = createRoute({
  method: 'get',
  path,
  summary: 'Whether one’s own second factor is on',
  responses: { 200: jsonAnswer(state, 'Whether it is on, and how many recovery codes are left'), ...errorAnswer },
});
const begin = createRoute({
  method: 'post',
  path,
  summary: 'Begin to set it up, with one’s password',
  request: { body: jsonBody(z.object({ password })) },
  responses: {
    200: jsonAnswer(z.object({ secret: z.string(), address: z.string() }), 'What the authenticator app is told'),
    ...errorAnswer,
  },
});
const confirm = createRoute({
  method: 'post',
  path: `${path}/confirm`,
  summary: 'Turn it on with a first code; all other sign-ins end',
  request: { body: jsonBody(z.object({ code: typedCode })) },
  responses: {
    200: jsonAnswer(z.object({ recoveryCodes: z.array(z.string()) }), 'The recovery codes, told this once'),
    ...errorAnswer,
  },
});
const turnOff = createRoute({
  method: 'post',
  path: `${path}/off`,
  summary: 'Turn it off, with one’s password and a code; all other sign-ins end',
  request: { body: jsonBody(z.object({ password, code: typedCode })) },
  responses: { 200: jsonAnswer(z.object({}), 'Turned off'), ...errorAnswer },
});

/** An operator's own second factor, under `/api/v1`; `requireOperator` stands before them. */
export function secondFactorRoutes(deps: OperatorsDeps) {
  const { store, clock, throttle, seal } = deps;
  const { t } = store;
  const by = (c: Context<AppEnv>) => {
    const { operator, sessionId } = c.get('signedIn');
    const of = { t, seal, operatorId: operator.id };
    const actor = { kind: 'operator', id: operator.id } as const;
    const line = { actor, subject: operator.id, ip: c.get('ip'), at: new Date(clock.now()) };
    return { ...operator, sessionId, of, line, ip: c.get('ip') };
  };
  const wrongCode = () => new FrontdeskError('bad-credentials', 'The code is not right.', { field: 'code' });

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(read, async (c) => {
      const { id } = by(c);
      const demanded = await isDemandedOf(store.read, t, id);
      return c.json({ ...(await secondFactorOf(store.read, t, id)), demanded }, 200);
    })
    .openapi(begin, async (c) => {
      const who = by(c);
      await askPassword(deps, who, c.req.valid('json').password);
      await throttle.forgive(who.email, who.ip);
      const made = await store.tx((db) => beginSecondFactor(db, who.of, { email: who.email, now: clock.now() }));
      return c.json(made, 200);
    })
    .openapi(confirm, async (c) => {
      const who = by(c);
      const { code } = c.req.valid('json');
      await throttle.take(who.email, who.ip);
      const { recoveryCodes, ended } = await store.tx(async (db) => {
        const made = await confirmSecondFactor(db, who.of, { code, now: clock.now() });
        if (made === null) throw wrongCode();
        await recordForEachSite(db, store, who.id, { ...who.line, action: 'second-factor-on' });
        return { recoveryCodes: made, ended: await revokeSessions(db, t, who.id, { allBut: who.sessionId }) };
      });
      await throttle.forgive(who.email, who.ip);
      deps.onRevoked(ended);
      return c.json({ recoveryCodes }, 200);
    })
    .openapi(turnOff, async (c) => {
      const who = by(c);
      const { password: typed, code } = c.req.valid('json');
      await askPassword(deps, who, typed);
      if (!(await secondFactorOf(store.read, t, who.id)).on)
        throw new FrontdeskError('conflict', 'The second factor is off already.');
      const ended = await store.tx(async (db) => {
        if (await isDemandedOf(db, t, who.id))
          throw new FrontdeskError('conflict', 'A site that you work for asks for it; it stays on.');
        if ((await spendCode(db, who.of, { code, now: clock.now() })) === null) throw wrongCode();
        await dropSecondFactor(db, t, who.id);
        await recordForEachSite(db, store, who.id, { ...who.line, action: 'second-factor-off' });
        return revokeSessions(db, t, who.id, { allBut: who.sessionId });
      });
      await throttle.forgive(who.email, who.ip);
      deps.onRevoked(ended);
      return c.json({}, 200);
    });
}
