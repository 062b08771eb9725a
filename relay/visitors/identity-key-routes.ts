import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { errorAnswer, jsonAnswer, jsonBody, onInvalid } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import type { Seal } from '../operators/deps.ts';
import { identityAlgorithm, instant, uuid } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { recordActivity } from '../sites/activity.ts';
import { maySetUpSite } from '../sites/rules.ts';
import type { Clock, Persistence, Schema } from '../store/index.ts';
import { addIdentityKey, listIdentityKeys, retireIdentityKey } from './identity-keys.ts';

export interface IdentityKeyDeps {
  store: Persistence;
  clock: Clock;
  seal: Seal;
}

const key = z.object({
  id: uuid,
  kid: z.string(),
  algorithm: identityAlgorithm,
  createdAt: instant,
  retiredAt: instant.nullable(),
});
const all = z.object({ keys: z.array(key) });
const newKey = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('secret') }),
  z.object({ kind: z.literal('public'), publicKey: z.string().max(2_000) }),
]);
const params = z.object({ site: z.string() });

const list = createRoute({
  method: 'get',
  path: '/sites/{site}/identity-keys',
  summary: 'Keys that the site’s server signs identities with; for the site’s owner',
  request: { params },
  responses: { 200: jsonAnswer(all, 'The keys, without their secrets'), ...errorAnswer },
});
const add = createRoute({
  method: 'post',
  path: '/sites/{site}/identity-keys',
  summary: 'Make a secret, or add a public key; for the site’s owner',
  request: { params, body: jsonBody(newKey) },
  responses: {
    201: jsonAnswer(key.extend({ secret: z.string().optional() }), 'The key; a secret is told this once'),
    ...errorAnswer,
  },
});
const retire = createRoute({
  method: 'delete',
  path: '/sites/{site}/identity-keys/{id}',
  summary: 'Believe nothing signed with this key from now on; for the site’s owner',
  request: { params: params.extend({ id: z.uuid() }) },
  responses: { 200: jsonAnswer(all, 'The keys as they are now'), ...errorAnswer },
});

const toKey = ({ id, kid, algorithm, createdAt, retiredAt }: Schema['identityKeys']['$inferSelect']) => ({
  ...{ id, kid, algorithm, createdAt: createdAt.toISOString(), retiredAt: retiredAt?.toISOString() ?? null },
});

/** Routes of identity keys, under `/api/v1`; `requireOperator` and `requireSite` stand before them. */
export function identityKeyRoutes({ store, clock, seal }: IdentityKeyDeps) {
  const { t } = store;
  const owned = (site: AppEnv['Variables']['site']) => {
    if (!maySetUpSite(site.role)) throw new FrontdeskError('forbidden');
    return site.id;
  };
  const keys = async (siteId: string) => ({ keys: (await listIdentityKeys(store.read, t, siteId)).map(toKey) });
  const note = (operatorId: string, siteId: string, ip: string, at: Date) => ({
    ...{ siteId, ip, at, actor: { kind: 'operator' as const, id: operatorId } },
  });

  return new OpenAPIHono<AppEnv>({ defaultHook: onInvalid })
    .openapi(list, async (c) => c.json(await keys(owned(c.get('site'))), 200))
    .openapi(add, async (c) => {
      const siteId = owned(c.get('site'));
      const asked = c.req.valid('json');
      const at = new Date(clock.now());
      const { row, secret } = await store.tx(async (db) => {
        const made = await addIdentityKey(
          db,
          { t, seal, siteId, at },
          asked.kind === 'public' ? asked.publicKey : undefined,
        );
        await recordActivity(db, t, {
          ...note(c.get('signedIn').operator.id, siteId, c.get('ip'), at),
          ...{ action: 'identity-key-added', subject: made.row.id, detail: { kid: made.row.kid } },
        });
        return made;
      });
      return c.json({ ...toKey(row), ...(secret !== undefined && { secret }) }, 201);
    })
    .openapi(retire, async (c) => {
      const siteId = owned(c.get('site'));
      const { id } = c.req.valid('param');
      const at = new Date(clock.now());
      const found = await store.tx(async (db) => {
        const there = await retireIdentityKey(db, t, siteId, id, at);
        if (there)
          await recordActivity(db, t, {
            ...note(c.get('signedIn').operator.id, siteId, c.get('ip'), at),
            ...{ action: 'identity-key-retired', subject: id },
          });
        return there;
      });
      if (!found) throw new FrontdeskError('not-found');
      return c.json(await keys(siteId), 200);
    });
}
