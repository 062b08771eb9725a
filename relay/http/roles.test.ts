import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../operators/passwords.ts';
import { createOperator } from '../operators/store.ts';
import { createSite } from '../sites/store.ts';
import { openVisitor, signIn, until } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { createTrigger } from '../triggers/store.ts';

/** From the one who may least to the one who may most, so that what is done for good is done last. */
const ROLES = ['nobody', 'stranger', 'operator', 'owner'] as const;
type Role = (typeof ROLES)[number];
/** `stranger` owns another site of the same relay. */
type Expected = Record<Role, number>;

const staff = (status = 200): Expected => ({ nobody: 401, stranger: 404, operator: status, owner: status });
const ownerOnly = (status = 200): Expected => ({ nobody: 401, stranger: 404, operator: 403, owner: status });
const signedIn = (status = 200): Expected => ({ nobody: 401, stranger: status, operator: status, owner: status });
const everybody = (status = 200): Expected => ({
  ...{ nobody: status, stranger: status, operator: status, owner: status },
});

/** What stands in the place of `{id}` and the like. */
const SLOTS = { site: 'shop', slug: 'returns', locale: 'en', hash: 'f'.repeat(64), ids: {} as Record<string, string> };
const trigger = { name: 'Hello', conditions: [{ type: 'time-on-page', seconds: 5 }], text: { en: 'May I help?' } };
const page = { url: 'https://shop.example/', title: '', referrer: '' };

interface Row {
  expected: Expected;
  /** Which id the route's `{id}` is. */
  id?: 'chat' | 'visitor' | 'target' | 'trigger' | 'session';
  query?: string;
  body?: object | ((role: Role) => object);
}
const TABLE: Record<string, Row> = {
  'post /api/v1/sign-in': { expected: everybody(), body: () => relay.owner },
  'get /api/v1/me': { expected: signedIn() },
  'patch /api/v1/me': { expected: signedIn(), body: {} },
  'post /api/v1/me/password': {
    expected: signedIn(),
    body: () => ({ current: relay.owner.password, next: relay.owner.password }),
  },
  'get /api/v1/me/sessions': { expected: signedIn() },
  'delete /api/v1/me/sessions/{id}': { expected: signedIn(404), id: 'session' },
  'get /api/v1/sites/{site}': { expected: staff() },
  'patch /api/v1/sites/{site}': { expected: ownerOnly(), body: { name: 'Shop' } },
  'get /api/v1/sites/{site}/operators': { expected: staff() },
  'post /api/v1/sites/{site}/operators': {
    expected: ownerOnly(),
    body: (role) => ({ name: 'New', email: `${role}-new@shop.example`, password: 'a long password' }),
  },
  'patch /api/v1/sites/{site}/operators/{id}': { expected: ownerOnly(), id: 'target', body: { name: 'Renamed' } },
  'post /api/v1/sites/{site}/operators/{id}/password': {
    ...{ expected: ownerOnly(), id: 'target', body: { password: 'another long one' } },
  },
  'delete /api/v1/sites/{site}/operators/{id}': { expected: ownerOnly(), id: 'target' },
  'get /api/v1/sites/{site}/conversations': { expected: staff(), query: '?view=all' },
  'get /api/v1/sites/{site}/conversations/{id}': { expected: staff(), id: 'chat' },
  'get /api/v1/sites/{site}/conversations/{id}/events': { expected: staff(), id: 'chat' },
  'get /api/v1/sites/{site}/visitors/{id}': { expected: staff(), id: 'visitor' },
  'get /api/v1/sites/{site}/triggers': { expected: staff() },
  'post /api/v1/sites/{site}/triggers': { expected: ownerOnly(201), body: trigger },
  'put /api/v1/sites/{site}/triggers/{id}': { expected: ownerOnly(), id: 'trigger', body: trigger },
  'delete /api/v1/sites/{site}/triggers/{id}': { expected: ownerOnly(), id: 'trigger' },
  'get /api/v1/sites/{site}/articles': { expected: staff(), query: '?locale=en' },
  'get /api/v1/sites/{site}/articles/{locale}/{slug}': { expected: staff() },
  // A cookie of the console gives no rights on the visitor's side, and takes none away.
  'post /api/visitor/session': { expected: everybody(), body: { site: 'shop', page } },
  'get /api/visitor/conversations/{id}/events': { expected: everybody(401), id: 'chat', query: '?site=shop' },
  'get /api/visitor/articles': { expected: everybody(), query: '?site=shop' },
  'get /api/visitor/articles/{slug}': { expected: everybody(), query: '?site=shop' },
  'get /api/visitor/files/{site}/{hash}': { expected: everybody(404) },
  // Last: it ends the sign-in of whoever asks.
  'post /api/v1/sign-out': { expected: everybody() },
};

let relay: TestRelay;
const cookies: Record<Role, string> = { nobody: '', stranger: '', operator: '', owner: '' };

beforeAll(async () => {
  relay = await startTestRelay();
  const { store, site, owner } = relay;
  const { t } = store;
  const at = new Date();
  const passwordHash = await hashPassword(owner.password);
  const person = (name: string) => ({ name, email: `${name}@shop.example`, passwordHash, at });
  const target = await store.tx(async (db) => {
    const other = await createSite(db, t, { key: 'other', name: 'Other', at });
    await createOperator(db, t, { siteId: other.id, role: 'owner', ...person('stranger') });
    await createOperator(db, t, { siteId: site.id, role: 'operator', ...person('operator') });
    const made = await createOperator(db, t, { siteId: site.id, role: 'operator', ...person('target') });
    await db.insert(t.articles).values({
      ...{ id: randomUUIDv7(), siteId: site.id, locale: 'en', slug: SLOTS.slug, title: 'Returns', section: '' },
      ...{ summary: '', markdown: 'Text', nodes: [{ t: 'p', c: ['Text'] }], status: 'published', position: 0 },
      ...{ pinned: false, createdAt: at, updatedAt: at },
    });
    const fired = await createTrigger(
      db,
      t,
      site.id,
      { ...trigger, enabled: true, show: 'bubble', position: 0 } as never,
      at,
    );
    SLOTS.ids.trigger = fired.id;
    return made;
  });
  const visitor = await openVisitor(relay);
  await visitor.session.command({ type: 'message:send', conversation: visitor.chat, text: 'hello' });
  await until(() => visitor.session.outbox.pending.length === 0, 'ack');
  visitor.session.destroy();
  Object.assign(SLOTS.ids, {
    ...{ chat: visitor.chat, visitor: visitor.reply.visitor.id, target: target.id, session: '0'.repeat(64) },
  });
  cookies.owner = await signIn(relay, owner);
  for (const role of ['stranger', 'operator'] as const)
    cookies[role] = await signIn(relay, { email: `${role}@shop.example`, password: owner.password });
});
afterAll(() => relay.stop());

async function call(method: string, path: string, cookie: string, body?: object) {
  const answer = await fetch(`${relay.url}${path}`, {
    method: method.toUpperCase(),
    headers: { ...(cookie && { cookie }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    code: answer.ok ? '' : (JSON.parse(text) as { error: { code: string } }).error.code,
  };
}

function pathOf(route: string, row: Row): string {
  const { ids, ...slots } = SLOTS;
  const path = route
    .replace(/^\w+ /, '')
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'id' ? (ids[row.id ?? ''] ?? '') : (slots[name as keyof typeof slots] ?? ''),
    );
  return path + (row.query ?? '');
}

test('every documented route is in the table, and no other', async () => {
  const { paths } = JSON.parse((await call('get', '/api/v1/openapi.json', '')).text) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(documented.sort()).toEqual(Object.keys(TABLE).sort());
});

test.each(Object.entries(TABLE))('[AC1] %s', async (route, row) => {
  const statuses: Partial<Expected> = {};
  for (const role of ROLES) {
    const body = typeof row.body === 'function' ? row.body(role) : row.body;
    const { status, code } = await call(route.split(' ')[0] ?? '', pathOf(route, row), cookies[role], body);
    statuses[role] = status;
    if (status === 401) expect(code).toBe('unauthorised');
    if (status === 403) expect(code).toBe('forbidden');
    if (status === 404) expect(code).toBe('not-found');
  }
  expect(statuses).toEqual(row.expected);
});

test('[AC1] under the key of one’s own site, ids of another one find nothing', async () => {
  const cookie = await signIn(relay, { email: 'stranger@shop.example', password: relay.owner.password });
  const { ids } = SLOTS;
  const base = '/api/v1/sites/other';
  for (const [method, path, body] of [
    ['get', `/conversations/${ids.chat}`],
    ['get', `/visitors/${ids.visitor}`],
    ['patch', `/operators/${relay.owner.id}`, { name: 'Mine' }],
    ['post', `/operators/${relay.owner.id}/password`, { password: 'a long password' }],
    ['delete', `/operators/${relay.owner.id}`],
    ['put', `/triggers/${ids.trigger}`, trigger],
    ['delete', `/triggers/${ids.trigger}`],
    ['get', `/articles/en/${SLOTS.slug}`],
  ] as const)
    expect(await call(method, base + path, cookie, body)).toMatchObject({ status: 404, code: 'not-found' });
  expect(JSON.parse((await call('get', `${base}/conversations/${ids.chat}/events`, cookie)).text)).toEqual({
    events: [],
    top: 0,
  });
  for (const list of ['/conversations?view=all', '/articles?locale=en', '/triggers'])
    expect((await call('get', base + list, cookie)).text).toMatch(/:\[\]/);
});

test('[AC1] what another site’s page makes a signed-in browser send is refused', async () => {
  const cookie = await signIn(relay, relay.owner);
  for (const headers of [{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answer = await fetch(`${relay.url}/api/v1/me`, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: '{"name":"Mallory"}',
    });
    expect(answer.status).toBe(403);
  }
});
