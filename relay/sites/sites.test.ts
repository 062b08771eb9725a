import { OpenAPIHono } from '@hono/zod-openapi';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { answerError } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { openStore, type Persistence } from '../store/index.ts';
import { testClock } from '../testing/clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { createRefusedOrigins, type RefusedOrigins } from './origins.ts';
import { sitesRoutes } from './routes.ts';
import { createSite, listSites, type Site, siteByKey } from './store.ts';

let store: Persistence;
let site: Site;
let role: 'owner' | 'operator';
let app: OpenAPIHono<AppEnv>;
let edited: string[];
let refused: RefusedOrigins;
const at = new Date('2026-09-01T12:00:00Z');

beforeEach(async () => {
  store = await openStore({ dataDir: tempDir() });
  onTestFinished(() => store.close());
  site = await store.tx((db) => createSite(db, store.t, { key: 'shop', name: 'Shop', at }));
  role = 'owner';
  edited = [];
  const clock = testClock();
  refused = createRefusedOrigins(clock);
  app = new OpenAPIHono<AppEnv>();
  app.onError((error, c) => {
    if (error instanceof FrontdeskError) return answerError(c, error);
    throw error;
  });
  app.use(async (c, next) => {
    c.set('ip', '127.0.0.1');
    c.set('signedIn', { operator: { id: 'o', name: 'Owner', email: 'o@shop.example' }, sessionId: 's' });
    c.set('site', { id: site.id, key: site.key, role });
    await next();
  });
  const publicUrl = () => 'https://support.example';
  app.route('/', sitesRoutes({ store, clock, refused, publicUrl, onEdited: (id) => void edited.push(id) }));
});

async function patch(body: unknown) {
  const headers = { 'content-type': 'application/json' };
  const response = await app.request('/sites/shop', { method: 'PATCH', headers, body: JSON.stringify(body) });
  return (await response.json()) as Record<string, unknown> & { error?: { code: string; field?: string } };
}

test('a site shows its settings, the refused origins and the tag to paste', async () => {
  refused.add(site.id, 'https://new.example');
  const response = await app.request('/sites/shop');
  expect(await response.json()).toMatchObject({
    key: 'shop',
    role: 'owner',
    origins: [],
    settings: { color: '#0f766e', channels: ['chat', 'email', 'search', 'messengers'] },
    refusedOrigins: [{ origin: 'https://new.example' }],
    scriptTag: '<script async src="https://support.example/widget.js" data-site="shop"></script>',
  });
});

test('the owner changes what is given and nothing else', async () => {
  refused.add(site.id, 'https://new.example');
  const answer = await patch({ origins: ['https://new.example/page', 'new.example'] });
  expect(answer).toMatchObject({ name: 'Shop', origins: ['https://new.example'], refusedOrigins: [] });
  await patch({ settings: { color: '#ff0000' } });
  expect(await siteByKey(store.read, store.t, 'shop')).toMatchObject({
    name: 'Shop',
    origins: ['https://new.example'],
    settings: { color: '#ff0000', mode: 'auto' },
  });
  expect(edited).toEqual([site.id, site.id]);
  expect(await store.read.select().from(store.t.activity)).toMatchObject([
    { action: 'site-changed', actorId: 'o', detail: { fields: ['origins'] } },
    { action: 'site-changed', detail: { fields: ['settings'] } },
  ]);
});

test('what cannot be is named by its field, and nothing is changed', async () => {
  expect((await patch({ origins: ['ftp://x'] })).error).toMatchObject({ code: 'bad-field', field: 'origins.0' });
  const messengers = [{ kind: 'url', handle: 'javascript:alert(1)' }];
  expect((await patch({ name: 'New', settings: { messengers } })).error).toMatchObject({
    code: 'bad-field',
    field: 'settings.messengers.0.handle',
  });
  expect((await patch({ settings: { color: 'red' } })).error).toMatchObject({ field: 'settings.color' });
  expect(await siteByKey(store.read, store.t, 'shop')).toEqual(site);
});

test('an operator reads and does not change', async () => {
  role = 'operator';
  expect((await app.request('/sites/shop')).status).toBe(200);
  expect((await patch({ name: 'New' })).error?.code).toBe('forbidden');
});

test('keys are unique and of plain letters', async () => {
  const make = (key: string) => store.tx((db) => createSite(db, store.t, { key, name: 'x', at }));
  await expect(make('shop')).rejects.toMatchObject({ code: 'conflict' });
  await expect(make('Sh op')).rejects.toMatchObject({ code: 'bad-field' });
  await make('second');
  expect((await listSites(store.read, store.t)).map((one) => one.key)).toEqual(['shop', 'second']);
  expect(await siteByKey(store.read, store.t, 'none')).toBeUndefined();
});
