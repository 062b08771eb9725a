import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import type { CommitQueue, Persistence } from '../store/index.ts';
import { voidTokens } from './rotation.ts';
import { visitorOf } from './session-routes.ts';

export interface SignOutDeps {
  store: Persistence;
  queue: CommitQueue;
  clock: { now(): number };
  siteFor(key: string, origin: string | undefined): Promise<{ id: string; key: string }>;
  /** The device's sockets are to be closed. */
  onMoved(siteId: string, deviceId: string): void;
}

const route = createRoute({
  method: 'post',
  path: '/api/visitor/sign-out',
  summary: 'Makes the device’s token void: what it opened is closed, and nothing opens it again',
  tags: ['visitor'],
  request: { body: jsonBody(z.object({ site: z.string().min(1).max(64) })) },
  responses: { 200: jsonAnswer(z.object({}), 'It is void'), ...errorAnswer },
});

/** The end of a device's authority [ID9]. */
export function signOutRoutes(deps: SignOutDeps) {
  const { store, queue, clock } = deps;
  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid }).openapi(route, async (c) => {
    const site = await deps.siteFor(c.req.valid('json').site, c.req.header('origin'));
    const { device } = await visitorOf(store, site.id, c.req.header('authorization'), clock.now());
    await queue.submit({ key: device.id, run: (db) => voidTokens(db, store.t, device.id) });
    deps.onMoved(site.id, device.id);
    return c.json({}, 200);
  });
}
