import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { recordActivity } from '../sites/activity.ts';
import { recordForEachSite } from './accounts.ts';
import { signInCookie, signOutCookie } from './cookie.ts';
import type { OperatorsDeps } from './deps.ts';
import { isOverdue } from './first-password.ts';
import { gateOf } from './gate.ts';
import { signedInBy } from './guards.ts';
import { meReply, toMe } from './me.ts';
import { verifyPassword } from './passwords.ts';
import { toEmail } from './rules.ts';
import { secondFactorOf, spendCode } from './second-factor.ts';
import { typedCode } from './second-factor-routes.ts';
import { openSession, revokeSessions } from './sessions.ts';
import { openTicket, operatorOfTicket, takeTicket } from './sign-in-tickets.ts';
import { operatorByEmail, sitesOf } from './store.ts';

const credentials = z.object({ email: z.string().max(320), password: z.string().max(1_000) });

/** For the second step alone: `ticket` is no sign-in. */
const ticketReply = z.object({ ticket: z.string(), expiresAt: z.string() });

const signIn = createRoute({
  method: 'post',
  path: '/sign-in',
  summary: 'Sign in; sets the cookie, or asks for the second factor',
  request: { body: jsonBody(credentials) },
  responses: {
    200: jsonAnswer(meReply, 'Who signed in'),
    202: jsonAnswer(ticketReply, 'The password is right and the second factor is awaited; no cookie yet'),
    ...errorAnswer,
  },
});

const secondStep = createRoute({
  method: 'post',
  path: '/sign-in/second-factor',
  summary: 'The code of the second factor, or a recovery code; sets the cookie',
  request: { body: jsonBody(z.object({ ticket: z.string().max(100), code: typedCode })) },
  responses: { 200: jsonAnswer(meReply, 'Who signed in'), ...errorAnswer },
});

const signOut = createRoute({
  method: 'post',
  path: '/sign-out',
  summary: 'Sign out; takes the cookie away',
  responses: { 200: jsonAnswer(z.object({}), 'Signed out'), ...errorAnswer },
});

/** Signing in and out, under `/api/v1`; open to everybody. */
export function signInRoutes(deps: OperatorsDeps) {
  const { store, clock, throttle, seal } = deps;
  const { t } = store;

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(signIn, async (c) => {
      const { email: typed, password } = c.req.valid('json');
      const email = toEmail(typed);
      const ip = c.get('ip');
      await throttle.take(email, ip);
      const operator = await operatorByEmail(store.read, t, email);
      /* As long for an address that nobody has, so that addresses cannot be found out. */
      const right = await verifyPassword(password, operator?.passwordHash ?? null);
      const at = new Date(clock.now());
      const late = operator !== undefined && right && isOverdue(operator, clock.now());
      if (!operator || !right || late) {
        await store.tx(async (db) => {
          const refused = { actor: { kind: 'nobody', id: null }, action: 'sign-in-refused' } as const;
          const entry = { ...refused, ip, at, ...(late && { detail: { wrong: 'first password over' } }) };
          if (operator) await recordForEachSite(db, store, operator.id, { ...entry, subject: operator.id });
          else await recordActivity(db, t, { ...entry, siteId: null, detail: { email: email.slice(0, 320) } });
        });
        throw new FrontdeskError(late ? 'first-password-over' : 'bad-credentials');
      }
      if ((await secondFactorOf(store.read, t, operator.id)).on) {
        // The try is forgiven with the code alone: whoever knows the password would else guess codes without an end.
        const { ticket, expiresAt } = await store.tx((db) => openTicket(db, t, operator.id, clock.now()));
        return c.json({ ticket, expiresAt: expiresAt.toISOString() }, 202);
      }
      await throttle.forgive(email, ip);
      const userAgent = c.req.header('user-agent') ?? '';
      const { token, sites } = await store.tx(async (db) => {
        const opened = await openSession(db, t, { operatorId: operator.id, ip, userAgent, now: clock.now() });
        const actor = { kind: 'operator', id: operator.id } as const;
        await recordForEachSite(db, store, operator.id, { actor, action: 'sign-in', ip, at });
        return { token: opened.token, sites: await sitesOf(db, t, operator.id) };
      });
      c.header('set-cookie', signInCookie(token, c.get('secure')));
      return c.json(toMe(operator, sites, await gateOf(store.read, t, operator)), 200);
    })
    .openapi(secondStep, async (c) => {
      const { ticket, code } = c.req.valid('json');
      const ip = c.get('ip');
      const now = clock.now();
      const late = () =>
        new FrontdeskError('bad-credentials', 'It took too long; start again with your password.', { field: 'ticket' });
      const operator = await operatorOfTicket(store.read, t, ticket, now);
      if (!operator) throw late();
      await throttle.take(operator.email, ip);
      const userAgent = c.req.header('user-agent') ?? '';
      const actor = { kind: 'operator', id: operator.id } as const;
      const done = await store.tx(async (db) => {
        const entry = { subject: operator.id, ip, at: new Date(now) };
        const spent = await spendCode(db, { t, seal, operatorId: operator.id }, { code, now });
        if (spent === null) {
          const refused = { actor: { kind: 'nobody', id: null }, action: 'sign-in-refused' } as const;
          await recordForEachSite(db, store, operator.id, { ...entry, ...refused, detail: { wrong: 'code' } });
          return null;
        }
        // Thrown inside, it puts the code back: another request of the same ticket was first.
        if (!(await takeTicket(db, t, ticket))) throw late();
        let ended: string[] = [];
        if (spent === 'recovery-code') {
          ended = await revokeSessions(db, t, operator.id, { all: true });
          await recordForEachSite(db, store, operator.id, { ...entry, actor, action: 'recovery-code-used' });
        }
        const opened = await openSession(db, t, { operatorId: operator.id, ip, userAgent, now });
        const detail = { secondFactor: spent };
        await recordForEachSite(db, store, operator.id, { ...entry, actor, action: 'sign-in', detail });
        return { ended, token: opened.token, sites: await sitesOf(db, t, operator.id) };
      });
      if (!done) throw new FrontdeskError('bad-credentials', 'The code is not right.', { field: 'code' });
      await throttle.forgive(operator.email, ip, 2);
      deps.onRevoked(done.ended);
      c.header('set-cookie', signInCookie(done.token, c.get('secure')));
      return c.json(toMe(operator, done.sites, await gateOf(store.read, t, operator)), 200);
    })
    .openapi(signOut, async (c) => {
      const found = await signedInBy(deps, c.req.header('cookie'), c.get('secure'));
      if (found) {
        const { operator, session } = found;
        const ended = await store.tx(async (db) => {
          const actor = { kind: 'operator', id: operator.id } as const;
          const at = new Date(clock.now());
          await recordForEachSite(db, store, operator.id, { actor, action: 'sign-out', ip: c.get('ip'), at });
          return revokeSessions(db, t, operator.id, { only: [session.id] });
        });
        deps.onRevoked(ended);
      }
      c.header('set-cookie', signOutCookie(c.get('secure')));
      return c.json({}, 200);
    });
}
