import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { recordActivity } from '../sites/activity.ts';
import { recordForEachSite } from './accounts.ts';
import { signInCookie, signOutCookie } from './cookie.ts';
import type { OperatorsDeps } from './deps.ts';
import { signedInBy } from './guards.ts';
import { meReply, toMe } from './me.ts';
import { verifyPassword } from './passwords.ts';
import { toEmail } from './rules.ts';
import { openSession, revokeSessions } from './sessions.ts';
import { operatorByEmail, sitesOf } from './store.ts';

const credentials = z.object({ email: z.string().max(320), password: z.string().max(1_000) });

const signIn = createRoute({
  method: 'post',
  path: '/sign-in',
  summary: 'Sign in; sets the cookie',
  request: { body: jsonBody(credentials) },
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
  const { store, clock, throttle } = deps;
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
      if (!operator || !right) {
        await store.tx(async (db) => {
          const entry = { actor: { kind: 'nobody', id: null }, action: 'sign-in-refused', ip, at } as const;
          if (operator) await recordForEachSite(db, store, operator.id, { ...entry, subject: operator.id });
          else await recordActivity(db, t, { ...entry, siteId: null, detail: { email: email.slice(0, 320) } });
        });
        throw new FrontdeskError('bad-credentials');
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
      return c.json(toMe(operator, sites), 200);
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
