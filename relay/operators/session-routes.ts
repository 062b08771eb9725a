import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { recordForEachSite } from './accounts.ts';
import { askPassword } from './ask-password.ts';
import type { OperatorsDeps } from './deps.ts';
import { revokeSessions, type SessionRow, sessionsOf } from './sessions.ts';

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

const responses = { 200: jsonAnswer(sessionList, 'The sign-ins that are not over'), ...errorAnswer };

const listSessions = createRoute({
  method: 'get',
  path: '/me/sessions',
  summary: 'One’s own sign-ins',
  responses,
});
const endSessions = createRoute({
  method: 'post',
  path: '/me/sessions/end',
  summary: 'End one of one’s own sign-ins, or all but the one that asks, with one’s password',
  request: {
    body: jsonBody(
      z.object({
        password: z.string().max(1_000),
        /** All others when it is left out. */
        id: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    ),
  },
  responses,
});

/** An operator's own sign-ins, under `/api/v1`; `requireOperator` stands before them. */
export function sessionRoutes(deps: OperatorsDeps) {
  const { store, clock, throttle } = deps;
  const { t, read } = store;
  const list = async (operatorId: string, current: string) => {
    const rows = await sessionsOf(read, t, operatorId, clock.now());
    return { sessions: rows.map((row) => toSession(row, current)) };
  };

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(listSessions, async (c) => {
      const { operator, sessionId } = c.get('signedIn');
      return c.json(await list(operator.id, sessionId), 200);
    })
    .openapi(endSessions, async (c) => {
      const { operator, sessionId } = c.get('signedIn');
      const { password, id } = c.req.valid('json');
      const ip = c.get('ip');
      await askPassword(deps, { ...operator, ip }, password);
      await throttle.forgive(operator.email, ip);
      const ended = await store.tx(async (db) => {
        const which = id === undefined ? { allBut: sessionId } : { only: [id] };
        const over = await revokeSessions(db, t, operator.id, which);
        const actor = { kind: 'operator', id: operator.id } as const;
        const line = { actor, subject: operator.id, action: 'sign-in-ended', ip, at: new Date(clock.now()) };
        for (const _ of over) await recordForEachSite(db, store, operator.id, line);
        return over;
      });
      if (id !== undefined && ended.length === 0) throw new FrontdeskError('not-found');
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
