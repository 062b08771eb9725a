import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { trigger } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { triggerInput } from '../protocol/site-settings.ts';
import { recordActivity } from '../sites/activity.ts';
import type { Clock, Db, Persistence } from '../store/index.ts';
import { changeTrigger, createTrigger, deleteTrigger, listTriggers } from './store.ts';

export interface TriggerRoutesDeps {
  store: Persistence;
  clock: Clock;
  onEdited(siteId: string): void;
}

const params = z.object({ site: z.string() });
const idParams = params.extend({ id: z.uuid() });
const allTriggers = z.object({ triggers: z.array(trigger) });

const list = createRoute({
  method: 'get',
  path: '/sites/{site}/triggers',
  summary: 'A site’s triggers with what became of their invitations',
  request: { params },
  responses: { 200: jsonAnswer(allTriggers, 'The triggers'), ...errorAnswer },
});
const create = createRoute({
  method: 'post',
  path: '/sites/{site}/triggers',
  summary: 'Add a trigger; for the site’s owner',
  request: { params, body: jsonBody(triggerInput) },
  responses: { 201: jsonAnswer(trigger, 'The trigger'), ...errorAnswer },
});
const change = createRoute({
  method: 'put',
  path: '/sites/{site}/triggers/{id}',
  summary: 'Change a trigger; for the site’s owner',
  request: { params: idParams, body: jsonBody(triggerInput) },
  responses: { 200: jsonAnswer(allTriggers, 'The triggers as they are now'), ...errorAnswer },
});
const remove = createRoute({
  method: 'delete',
  path: '/sites/{site}/triggers/{id}',
  summary: 'Delete a trigger; for the site’s owner',
  request: { params: idParams },
  responses: { 200: jsonAnswer(allTriggers, 'The triggers that are left'), ...errorAnswer },
});

/** Triggers belong to how a site is set up: its owner edits them, every operator may look. */
export const mayEditTriggers = (role: 'owner' | 'operator'): boolean => role === 'owner';

/** Routes of triggers, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function triggerRoutes(deps: TriggerRoutesDeps) {
  const { store, clock } = deps;
  const { t } = store;
  const note = (c: Context<AppEnv>, db: Db, action: string, subject: string) =>
    recordActivity(db, t, {
      siteId: c.get('site').id,
      actor: { kind: 'operator', id: c.get('signedIn').operator.id },
      ...{ action, subject, ip: c.get('ip'), at: new Date(clock.now()) },
    });
  const owned = (site: AppEnv['Variables']['site']) => {
    if (!mayEditTriggers(site.role)) throw new FrontdeskError('forbidden');
    return site.id;
  };
  const all = async (siteId: string) => ({ triggers: await listTriggers(store.read, t, siteId) });
  const edited = async (siteId: string, found: boolean) => {
    if (!found) throw new FrontdeskError('not-found');
    deps.onEdited(siteId);
    return all(siteId);
  };

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(list, async (c) => c.json(await all(c.get('site').id), 200))
    .openapi(create, async (c) => {
      const siteId = owned(c.get('site'));
      const made = await store.tx(async (db) => {
        const trigger = await createTrigger(db, t, siteId, c.req.valid('json'), new Date(clock.now()));
        await note(c, db, 'trigger-created', trigger.id);
        return trigger;
      });
      deps.onEdited(siteId);
      return c.json(made, 201);
    })
    .openapi(change, async (c) => {
      const siteId = owned(c.get('site'));
      const { id } = c.req.valid('param');
      const found = await store.tx(async (db) => {
        const there = await changeTrigger(db, t, siteId, id, c.req.valid('json'), new Date(clock.now()));
        if (there) await note(c, db, 'trigger-changed', id);
        return there;
      });
      return c.json(await edited(siteId, found), 200);
    })
    .openapi(remove, async (c) => {
      const siteId = owned(c.get('site'));
      const { id } = c.req.valid('param');
      const found = await store.tx(async (db) => {
        const there = await deleteTrigger(db, t, siteId, id);
        if (there) await note(c, db, 'trigger-deleted', id);
        return there;
      });
      return c.json(await edited(siteId, found), 200);
    });
}
