import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { recordActivity } from '../sites/activity.ts';
import { maySetUpSite } from '../sites/rules.ts';
import type { OperatorsDeps } from './deps.ts';
import { isDemandedAt, setDemand, signInsOf, withoutFactor } from './second-factor-demand.ts';

const path = '/sites/{site}/second-factor';
const params = z.object({ site: z.string() });
const demand = z.object({
  demanded: z.boolean(),
  /** Ids of operators who have none yet. */
  without: z.array(z.string()),
});
const responses = {
  200: jsonAnswer(demand, 'Whether everybody has to have one, and who has none yet'),
  ...errorAnswer,
};

const read = createRoute({
  method: 'get',
  path,
  summary: 'Whether everybody who works for the site has to have a second factor; for the owner',
  request: { params },
  responses,
});
const change = createRoute({
  method: 'put',
  path,
  summary: 'Ask everybody for a second factor, or no longer; for the owner, who has to have one',
  request: { params, body: jsonBody(z.object({ demanded: z.boolean() })) },
  responses,
});

/** Whether a site asks its operators for a second factor, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function secondFactorDemandRoutes(deps: OperatorsDeps) {
  const { store, clock } = deps;
  const { t } = store;
  const ownedSite = (c: Context<AppEnv>): string => {
    const { id, role } = c.get('site');
    if (!maySetUpSite(role)) throw new FrontdeskError('forbidden');
    return id;
  };

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(read, async (c) => {
      const siteId = ownedSite(c);
      const demanded = await isDemandedAt(store.read, t, siteId);
      return c.json({ demanded, without: await withoutFactor(store.read, t, siteId) }, 200);
    })
    .openapi(change, async (c) => {
      const siteId = ownedSite(c);
      const { demanded } = c.req.valid('json');
      const actor = { kind: 'operator', id: c.get('signedIn').operator.id } as const;
      const { without, held } = await store.tx(async (db) => {
        const lacking = await withoutFactor(db, t, siteId);
        if (demanded && lacking.includes(actor.id))
          throw new FrontdeskError('conflict', 'Set up your own second factor before you ask everybody for one.', {
            field: 'demanded',
          });
        const before = await isDemandedAt(db, t, siteId);
        if (before === demanded) return { without: lacking, held: [] };
        await setDemand(db, t, siteId, demanded);
        const action = demanded ? 'second-factor-demanded' : 'second-factor-not-demanded';
        await recordActivity(db, t, { siteId, actor, action, ip: c.get('ip'), at: new Date(clock.now()) });
        return { without: lacking, held: demanded ? await signInsOf(db, t, lacking, clock.now()) : [] };
      });
      deps.onRevoked(held);
      return c.json({ demanded, without }, 200);
    });
}
