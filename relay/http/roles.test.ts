import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../operators/passwords.ts';
import { setDemand } from '../operators/second-factor-demand.ts';
import { createOperator } from '../operators/store.ts';
import { createSite } from '../sites/store.ts';
import { askSession, openVisitor, signIn, until } from '../testing/clients.ts';
import { Device, type SiteKey, tokenFor } from '../testing/device.ts';
import { visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { createTrigger } from '../triggers/store.ts';

/** From the one who may least to the one who may most, so that what is done for good is done last. */
const ROLES = [
  ...(['nobody', 'signedOut', 'deleted', 'halfSignedIn', 'firstPassword', 'noFactor'] as const),
  ...(['foreignVisitor', 'otherVisitor', 'verifiedVisitor', 'visitor'] as const),
  ...(['stranger', 'operator', 'owner'] as const),
];
type Role = (typeof ROLES)[number];
type Expected = Record<Role, number>;
/**
 * `stranger` owns another site of the same relay; `foreignVisitor` is a visitor of it. `verifiedVisitor` is known by name, and
 * may no more for that; `visitor` has written the chat. `halfSignedIn` gave the right
 * password, owes the second factor, and shows the ticket they got wherever a proof is looked for. `firstPassword` owns the
 * site and is signed in with a password that was given to them; `noFactor` is of another site, which asks for a second factor, and has none.
 */
const expectation = (outside: number, stranger: number, operator: number, owner: number, held = 403): Expected => ({
  ...{
    firstPassword: held,
    noFactor: held,
    nobody: outside,
    signedOut: outside,
    deleted: outside,
    halfSignedIn: outside,
  },
  ...{ foreignVisitor: outside, otherVisitor: outside, verifiedVisitor: outside, visitor: outside },
  ...{ stranger, operator, owner },
});
const staff = (status = 200) => expectation(401, 404, status, status);
const ownerOnly = (status = 200) => expectation(401, 404, 403, status);
const signedIn = (status = 200) => expectation(401, status, status, status);
const everybody = (status = 200) => expectation(status, status, status, status, status);
/** What each of those who owe something first is told, and nobody else. */
const OWES: Partial<Record<Role, string>> = { firstPassword: 'choose-password', noFactor: 'set-up-second-factor' };
/** Visitors of the site, whether known by name or not. */
const visitors = (): Expected => ({ ...everybody(401), otherVisitor: 200, verifiedVisitor: 200, visitor: 200 });

/** What stands in the place of `{id}` and the like. */
const SLOTS = { site: 'shop', slug: 'returns', locale: 'en', hash: 'f'.repeat(64), ids: {} as Record<string, string> };
const trigger = { name: 'Hello', conditions: [{ type: 'time-on-page', seconds: 5 }], text: { en: 'May I help?' } };
const page = { url: 'https://shop.example/', title: '', referrer: '' };

interface Row {
  expected: Expected;
  /** Which id the route's `{id}` is. */
  id?: 'chat' | 'visitor' | 'target' | 'trigger' | 'identityKey';
  query?: string;
  body?: object | ((role: Role) => object);
  /** The code of a 401 that is another one than for whoever is not signed in. */
  refusal?: string;
}
const TABLE: Record<string, Row> = {
  'post /api/v1/sign-in': { expected: everybody(), body: () => relay.owner },
  'post /api/v1/sign-in/second-factor': {
    ...{ expected: everybody(401), refusal: 'bad-credentials', body: { ticket: 'none', code: '123456' } },
  },
  'get /api/v1/me': { expected: { ...signedIn(), firstPassword: 200, noFactor: 200 } },
  'patch /api/v1/me': { expected: signedIn(), body: {} },
  'post /api/v1/me/password': {
    // Their first password again is no password of their own.
    expected: { ...signedIn(), firstPassword: 409 },
    body: () => ({ current: relay.owner.password, next: relay.owner.password }),
  },
  'get /api/v1/me/second-factor': { expected: { ...signedIn(), noFactor: 200 } },
  // Before the set-up is begun: there is nothing to confirm.
  'post /api/v1/me/second-factor/confirm': { expected: { ...signedIn(404), noFactor: 404 }, body: { code: '123456' } },
  'post /api/v1/me/second-factor': {
    ...{ expected: { ...signedIn(), noFactor: 200 }, body: () => ({ password: relay.owner.password }) },
  },
  'post /api/v1/me/second-factor/off': {
    ...{ expected: signedIn(409), body: () => ({ password: relay.owner.password, code: '123456' }) },
  },
  'get /api/v1/me/sessions': { expected: signedIn() },
  'post /api/v1/me/sessions/end': {
    ...{ expected: signedIn(404), body: () => ({ password: relay.owner.password, id: '0'.repeat(64) }) },
  },
  'get /api/v1/sites/{site}': { expected: staff() },
  'patch /api/v1/sites/{site}': { expected: ownerOnly(), body: { name: 'Shop' } },
  'get /api/v1/sites/{site}/second-factor': { expected: ownerOnly() },
  // The owner has none of their own.
  'put /api/v1/sites/{site}/second-factor': { expected: ownerOnly(409), body: { demanded: true } },
  'get /api/v1/sites/{site}/operators': { expected: staff() },
  'post /api/v1/sites/{site}/operators': {
    expected: ownerOnly(),
    body: (role) => ({ name: 'New', email: `${role}-new@shop.example`, password: 'a long password' }),
  },
  'patch /api/v1/sites/{site}/operators/{id}': { expected: ownerOnly(), id: 'target', body: { name: 'Renamed' } },
  'post /api/v1/sites/{site}/operators/{id}/password': {
    ...{ expected: ownerOnly(), id: 'target', body: { password: 'another long one' } },
  },
  'delete /api/v1/sites/{site}/operators/{id}/second-factor': { expected: ownerOnly(), id: 'target' },
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
  'get /api/v1/sites/{site}/articles/{locale}/{slug}/feedback': { expected: staff(), query: '?days=7' },
  'get /api/v1/sites/{site}/failed-searches': { expected: staff() },
  'get /api/v1/sites/{site}/identity-keys': { expected: ownerOnly() },
  'post /api/v1/sites/{site}/identity-keys': { expected: ownerOnly(201), body: { kind: 'secret' } },
  'delete /api/v1/sites/{site}/identity-keys/{id}': { expected: ownerOnly(), id: 'identityKey' },
  // A cookie of the console gives no rights on the visitor's side, and takes none away.
  'post /api/visitor/session': { expected: everybody(), body: { site: 'shop', page } },
  'get /api/visitor/conversations/{id}/events': {
    ...{ expected: { ...visitors(), verifiedVisitor: 404, otherVisitor: 404 }, id: 'chat', query: '?site=shop' },
  },
  'post /api/visitor/events': {
    // The right of a token is looked at behind the hello: the stream ends with 4001 where there is none.
    ...{ expected: { ...visitors(), halfSignedIn: 200, foreignVisitor: 200 } },
    body: () => visitorHello('', { token: undefined }),
  },
  'post /api/visitor/commands': {
    expected: visitors(),
    body: () => ({ hello: visitorHello('', { token: undefined }), frames: [{ type: 'pong' }] }),
  },
  'post /api/visitor/uploads': {
    ...{ expected: visitors(), query: '?site=shop&name=a.txt', body: {} },
  },
  'post /api/visitor/uploads/addresses': {
    expected: visitors(),
    body: { site: 'shop', files: [] },
  },
  'post /api/visitor/identify': {
    ...{ expected: visitors(), body: { site: 'shop' } },
  },
  // A vote without a token is counted as nobody's; a wrong one is refused.
  'post /api/visitor/articles/{slug}/views': {
    expected: visitors(),
    body: { site: 'shop', locale: 'en' },
  },
  'post /api/visitor/articles/{slug}/votes': {
    expected: { ...everybody(200), halfSignedIn: 401, foreignVisitor: 401 },
    body: { site: 'shop', locale: 'en', helped: true },
  },
  'post /api/visitor/failed-searches': {
    expected: visitors(),
    body: { site: 'shop', locale: 'en', query: 'samovar' },
  },
  // After all that needs the token: it is void then.
  'post /api/visitor/sign-out': {
    expected: visitors(),
    body: { site: 'shop' },
  },
  'get /api/visitor/articles': { expected: everybody(), query: '?site=shop' },
  'get /api/visitor/articles/{slug}': { expected: everybody(), query: '?site=shop' },
  'get /api/visitor/files/{site}/{hash}': { expected: everybody(404) },
  'post /api/v1/sites/{site}/uploads': { expected: staff(), query: '?name=a.txt', body: {} },
  'post /api/v1/sites/{site}/uploads/addresses': { expected: staff(), body: { files: [] } },
  // What is signed is looked at in files/uploads.test.ts.
  'get /api/files/{id}': { expected: everybody(404), id: 'chat' },
  'get /api/v1/openapi.json': { expected: everybody() },
  'get /healthz': { expected: everybody() },
  'get /readyz': { expected: everybody() },
  // A token of its own, see metrics.test.ts.
  'get /metrics': { expected: everybody(401) },
  // Last: it ends the sign-in of whoever asks.
  'post /api/v1/sign-out': { expected: everybody() },
};

let relay: TestRelay;
/** What each sends to prove who it is: a cookie, or a token in the Authorization header. */
const proofs = Object.fromEntries(ROLES.map((role) => [role, {}])) as Record<Role, Record<string, string>>;
/** Pages and scripts, the same for everybody. */
const PAGES = [
  ...['/stub.js', '/widget.js', '/widget/:name{[\\w.-]+}', '/console', '/console/assets/:name{[\\w.-]+}'],
  ...['/console/*', '/', '/demo', '/demo/', '/demo/assets/:name{[a-z0-9-]+\\.(?:svg|css)}'],
];

beforeAll(async () => {
  relay = await startTestRelay({ demo: true });
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
    SLOTS.ids.deleted = (await createOperator(db, t, { siteId: site.id, role: 'operator', ...person('deleted') })).id;
    await createOperator(db, t, { siteId: site.id, role: 'owner', isFirstPassword: true, ...person('firstPassword') });
    const strict = await createSite(db, t, { key: 'strict', name: 'Strict', at });
    await setDemand(db, t, strict.id, true);
    await createOperator(db, t, { siteId: strict.id, role: 'owner', ...person('noFactor') });
    const half = await createOperator(db, t, { siteId: site.id, role: 'owner', ...person('half') });
    const factor = { operatorId: half.id, secret: '', createdAt: at, confirmedAt: at, lastStep: 0 };
    await db.insert(t.secondFactors).values(factor);
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
    SLOTS.ids.identityKey = randomUUIDv7();
    await db.insert(t.identityKeys).values({
      ...{ id: SLOTS.ids.identityKey, siteId: site.id, kid: 'k', algorithm: 'HS256', material: '', createdAt: at },
      retiredAt: null,
    });
    return made;
  });
  const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` });
  const cookieFor = async (who: typeof owner) => ({ cookie: await signIn(relay, who) });
  const cookieOf = (name: string) => cookieFor({ ...owner, email: `${name}@shop.example` });
  const visitor = await openVisitor(relay);
  proofs.visitor = bearer(visitor.token);
  proofs.otherVisitor = bearer((await askSession(relay)).token);
  const known = new Device(relay);
  await known.load();
  const key = JSON.parse(
    (await call('post', '/api/v1/sites/shop/identity-keys', await cookieFor(owner), { kind: 'secret' })).text,
  ) as SiteKey;
  expect((await known.identify(tokenFor(key, 'somebody'))).reply.visitor.verified).toBe(true);
  proofs.verifiedVisitor = bearer(known.token);
  proofs.foreignVisitor = bearer((await askSession({ url: relay.url, site: { key: 'other' } })).token);
  await visitor.session.command({ type: 'message:send', conversation: visitor.chat, text: 'hello' });
  await until(() => visitor.session.outbox.pending.length === 0, 'ack');
  visitor.session.destroy();
  Object.assign(SLOTS.ids, {
    ...{ chat: visitor.chat, visitor: visitor.reply.visitor.id, target: target.id },
  });
  for (const role of ['stranger', 'operator', 'owner', 'deleted', 'firstPassword', 'noFactor'] as const)
    proofs[role] = await cookieOf(role);
  const credentials = { email: 'half@shop.example', password: owner.password };
  const half = await call('post', '/api/v1/sign-in', {}, credentials);
  expect(half.status).toBe(202);
  const { ticket } = JSON.parse(half.text) as { ticket: string };
  proofs.halfSignedIn = { cookie: `frontdesk=${ticket}; __Host-frontdesk=${ticket}`, ...bearer(ticket) };
  proofs.signedOut = await cookieOf('operator');
  await call('post', '/api/v1/sign-out', proofs.signedOut, {});
  const path = `/api/v1/sites/shop/operators/${SLOTS.ids.deleted}`;
  expect((await call('delete', path, proofs.owner)).status).toBe(200);
});
afterAll(() => relay.stop());

async function call(method: string, path: string, proof: Record<string, string>, body?: object) {
  const over = new AbortController();
  const answer = await fetch(`${relay.url}${path}`, {
    signal: over.signal,
    redirect: 'manual',
    method: method.toUpperCase(),
    headers: { ...proof, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const text = isStream ? '' : await answer.text();
  if (isStream) over.abort();
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

test('[S4] every route is in the table, and no other', () => {
  const known = relay.relay.app.routes
    .filter(({ method, path }) => method !== 'ALL' && !PAGES.includes(path) && !path.startsWith('/demo/'))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect([...new Set(known)].sort()).toEqual(Object.keys(TABLE).sort());
});

test('[S4] pages are the same for everybody, and nobody gets a cookie by them', async () => {
  for (const path of ['/', '/console/', '/console/assets/x.js', '/widget.js', '/stub.js', '/demo/', '/demo/en/cart']) {
    const statuses = new Set<number>();
    for (const role of ROLES) {
      const answer = await fetch(relay.url + path, { redirect: 'manual', headers: proofs[role] });
      expect(answer.headers.get('set-cookie'), path).toBeNull();
      statuses.add(answer.status);
      await answer.arrayBuffer();
    }
    expect(statuses.size, path).toBe(1);
  }
});

test.each(Object.entries(TABLE))('[S4] %s', async (route, row) => {
  const statuses: Partial<Expected> = {};
  const bodies = new Map<string, Set<string>>();
  for (const role of ROLES) {
    const body = typeof row.body === 'function' ? row.body(role) : row.body;
    const { status, code, text } = await call(route.split(' ')[0] ?? '', pathOf(route, row), proofs[role], body);
    statuses[role] = status;
    if (status === 401 && !route.endsWith('/metrics')) expect(code).toBe(row.refusal ?? 'unauthorised');
    if (status === 403) expect(code, role).toBe(OWES[role] ?? 'forbidden');
    if (status === 404) expect(code).toBe('not-found');
    // 401 says what is missing: a token, or a right one.
    const said = `${status} ${status === 403 ? code : ''}`;
    if (status === 403 || status === 404) bodies.set(said, (bodies.get(said) ?? new Set()).add(text));
  }
  expect(statuses).toEqual(row.expected);
  // Of all who are refused with one status each hears the same, word for word.
  for (const [said, texts] of bodies) expect([...texts], said).toHaveLength(1);
});

/** `stranger` again, since the last row of the table ended their sign-in. */
const strangers = once(async () => ({
  cookie: await signIn(relay, { email: 'stranger@shop.example', password: relay.owner.password }),
}));
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const ofSites = Object.entries(TABLE).filter(([route]) => route.includes('/sites/{site}'));
test.each(ofSites)('[S4] %s: a site that is not one’s own answers as one that is not there', async (route, row) => {
  const body = typeof row.body === 'function' ? row.body('stranger') : row.body;
  const [method = ''] = route.split(' ');
  const path = pathOf(route, row);
  const foreign = await call(method, path, await strangers(), body);
  expect(foreign.status).toBe(404);
  expect(await call(method, path.replace('/sites/shop', '/sites/nowhere'), await strangers(), body)).toEqual(foreign);
});

const withIds = Object.entries(TABLE).filter(([route, { id }]) => route.includes('/sites/{site}') && id);
test.each(withIds)('[S4] %s: an id of another site answers as one that is not there', async (route, row) => {
  const body = typeof row.body === 'function' ? row.body('stranger') : row.body;
  const [method = ''] = route.split(' ');
  const here = pathOf(route, row).replace('/sites/shop', '/sites/other');
  const known = await call(method, here, await strangers(), body);
  const unknown = await call(method, here.replace(/[0-9a-f-]{36}/, randomUUIDv7()), await strangers(), body);
  expect(unknown).toEqual(known);
  if (!route.endsWith('/events')) expect(known).toMatchObject({ status: 404, code: 'not-found' });
});

test('[S4] under the key of one’s own site, ids of another one find nothing', async () => {
  const cookie = await strangers();
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
    ['get', `/articles/en/${SLOTS.slug}/feedback`],
  ] as const)
    expect(await call(method, base + path, cookie, body)).toMatchObject({ status: 404, code: 'not-found' });
  expect(JSON.parse((await call('get', `${base}/conversations/${ids.chat}/events`, cookie)).text)).toEqual({
    events: [],
    top: 0,
  });
  for (const list of ['/conversations?view=all', '/articles?locale=en', '/failed-searches', '/triggers'])
    expect((await call('get', base + list, cookie)).text).toMatch(/:\[\]/);
});

test('[S6] what another site’s page makes a signed-in browser send is refused', async () => {
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
