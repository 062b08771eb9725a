import { OpenAPIHono } from '@hono/zod-openapi';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { answerError } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import { keysOf } from '../keys/keys.ts';
import { sealOf } from '../keys/seal.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Operator } from '../protocol/index.ts';
import { createSite } from '../sites/store.ts';
import { createCommitQueue, createLazyWrites, type LazyWrites, openStore, type Persistence } from '../store/index.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { keepStatus, resetPassword } from './accounts.ts';
import { requireOperator, requireSite } from './guards.ts';
import { meRoutes } from './me-routes.ts';
import { hashPassword } from './passwords.ts';
import { operatorsRoutes } from './routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { createOperator } from './store.ts';
import { createSignInThrottle } from './throttle.ts';

const HOUR = 60 * 60 * 1_000;
const PASSWORD = 'correct horse';
const passwordHash = await hashPassword(PASSWORD);

let store: Persistence;
let clock: TestClock;
let lazy: LazyWrites;
let app: OpenAPIHono<AppEnv>;
let revoked: string[];
let edited: number;
let secure: boolean;
let ids: { site: string; owner: string; anna: string };

beforeEach(async () => {
  store = await openStore({ dataDir: tempDir() });
  onTestFinished(() => store.close());
  clock = testClock();
  lazy = createLazyWrites(createCommitQueue(store), { everyMs: 60_000 });
  [revoked, edited, secure] = [[], 0, false];
  const at = new Date(clock.now());
  ids = await store.tx(async (db) => {
    const site = await createSite(db, store.t, { key: 'shop', name: 'Shop', at });
    await createSite(db, store.t, { key: 'other', name: 'Other', at });
    const make = (role: 'owner' | 'operator', email: string) => {
      clock.advance(1);
      const made = new Date(clock.now());
      return createOperator(db, store.t, { siteId: site.id, role, name: role, email, passwordHash, at: made });
    };
    const [owner, anna] = [await make('owner', 'owner@shop.example'), await make('operator', 'Anna@Shop.example')];
    return { site: site.id, owner: owner.id, anna: anna.id };
  });
  const deps = {
    store,
    clock,
    lazy,
    seal: sealOf(keysOf(['a secret of this test'], 'second-factor')),
    throttle: createSignInThrottle({ perAccount: 3, perAddress: 5, seconds: 60 }),
    statuses: () => ({ [ids.anna]: 'away' as const }),
    onRevoked: (sessions: readonly string[]) => void revoked.push(...sessions),
    onDeleted: async () => {},
    onEdited: () => void edited++,
  };
  app = new OpenAPIHono<AppEnv>();
  app.onError((error, c) => {
    if (error instanceof FrontdeskError) return answerError(c, error);
    throw error;
  });
  app.use(async (c, next) => {
    c.set('ip', c.req.header('x-test-ip') ?? '127.0.0.1');
    c.set('secure', secure);
    await next();
  });
  app.route('/', signInRoutes(deps));
  for (const path of ['/me/*', '/sites/:site/*']) app.use(path, requireOperator(deps));
  app.use('/sites/:site/*', requireSite(deps));
  app.route('/', meRoutes(deps));
  app.route('/', operatorsRoutes(deps));
});

async function call(method: string, path: string, options: { cookie?: string; body?: unknown; ip?: string } = {}) {
  const headers = new Headers();
  if (options.cookie !== undefined) headers.set('cookie', options.cookie);
  if (options.ip !== undefined) headers.set('x-test-ip', options.ip);
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const response = await app.request(path, { method, headers, body });
  const json = (await response.json()) as { error?: { code: string; field?: string; retryAfterMs?: number } };
  return { status: response.status, json, code: json.error?.code, setCookie: response.headers.get('set-cookie') };
}

async function signIn(email: string, password = PASSWORD, ip = '127.0.0.1') {
  const answer = await call('POST', '/sign-in', { body: { email, password }, ip });
  return { ...answer, cookie: answer.setCookie?.split(';')[0] ?? '' };
}

const activity = async () => (await store.read.select().from(store.t.activity)).map((row) => row.action).sort();

describe('[S7] signing in', () => {
  test('opens a session by cookie, whatever the letters of the address', async () => {
    const { status, json, cookie, setCookie } = await signIn(' ANNA@shop.example ');
    expect(status).toBe(200);
    expect(json).toEqual({
      operator: { id: ids.anna, name: 'operator', email: 'anna@shop.example' },
      sites: [{ key: 'shop', name: 'Shop', role: 'operator' }],
      owes: null,
    });
    expect(setCookie).toMatch(/^frontdesk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await call('GET', '/me', { cookie })).json).toEqual(json);
    expect(await activity()).toEqual(['sign-in']);
  });

  test('on https the cookie is bound to the host', async () => {
    secure = true;
    const { setCookie, cookie } = await signIn('anna@shop.example');
    expect(setCookie).toMatch(/^__Host-frontdesk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect((await call('GET', '/me', { cookie })).status).toBe(200);
    expect((await call('GET', '/me', { cookie: cookie.replace('__Host-', '') })).code).toBe('unauthorised');
  });

  test('the token itself is nowhere in the store', async () => {
    const { cookie } = await signIn('anna@shop.example');
    const [row] = await store.read.select().from(store.t.operatorSessions);
    expect(JSON.stringify(row)).not.toContain(cookie.split('=')[1]);
  });

  test('a wrong password and an unknown address answer alike, and are written down', async () => {
    const wrong = await signIn('anna@shop.example', 'wrong horse');
    const unknown = await signIn('nobody@shop.example', 'wrong horse');
    expect(wrong.code).toBe('bad-credentials');
    expect({ ...wrong, cookie: '' }).toEqual({ ...unknown, cookie: '' });
    expect(wrong.setCookie).toBeNull();
    expect(await activity()).toEqual(['sign-in-refused', 'sign-in-refused']);
  });

  test('guessing is slowed down by account, from any address, and says for how long', async () => {
    for (const ip of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) await signIn('anna@shop.example', 'wrong horse', ip);
    const fourth = await signIn('anna@shop.example', PASSWORD, '10.0.0.4');
    expect(fourth.code).toBe('slow-down');
    expect(fourth.json.error?.retryAfterMs).toBeGreaterThan(50_000);
    expect((await signIn('owner@shop.example', PASSWORD, '10.0.0.4')).status).toBe(200);
  });

  test('guessing is slowed down by address, whatever the account; a /64 is one address', async () => {
    for (let i = 0; i < 5; i++) await signIn(`nobody${i}@shop.example`, 'wrong horse', `2001:db8::${i}`);
    expect((await signIn('anna@shop.example', PASSWORD, '2001:db8::ffff')).code).toBe('slow-down');
    expect((await signIn('anna@shop.example', PASSWORD, '2001:db8:0:1::1')).status).toBe(200);
  });

  test('right passwords do not count', async () => {
    for (let i = 0; i < 8; i++) expect((await signIn('anna@shop.example')).status).toBe(200);
  });
});

describe('[S7] sessions', () => {
  test('end after 8 hours without a sign of life', async () => {
    const { cookie } = await signIn('anna@shop.example');
    clock.advance(7 * HOUR);
    expect((await call('GET', '/me', { cookie })).status).toBe(200);
    await lazy.flush();
    clock.advance(7 * HOUR);
    expect((await call('GET', '/me', { cookie })).status).toBe(200);
    await lazy.flush();
    clock.advance(8 * HOUR + 1);
    expect((await call('GET', '/me', { cookie })).code).toBe('unauthorised');
  });

  test('end after 7 days in any case', async () => {
    const { cookie } = await signIn('anna@shop.example');
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      clock.advance(6 * HOUR);
      expect((await call('GET', '/me', { cookie })).status).toBe(200);
      await lazy.flush();
    }
    clock.advance(6 * HOUR);
    expect((await call('GET', '/me', { cookie })).code).toBe('unauthorised');
  });

  test('end with signing out, and their sockets are told', async () => {
    const { cookie } = await signIn('anna@shop.example');
    const out = await call('POST', '/sign-out', { cookie });
    expect(out.setCookie).toContain('Max-Age=0');
    expect(revoked).toHaveLength(1);
    expect((await call('GET', '/me', { cookie })).code).toBe('unauthorised');
    expect((await call('POST', '/sign-out')).status).toBe(200);
    expect(await activity()).toEqual(['sign-in', 'sign-out']);
  });

  test('all others end when the password is changed', async () => {
    const [first, second] = [await signIn('anna@shop.example'), await signIn('anna@shop.example')];
    const change = (current: string, next: string) =>
      call('POST', '/me/password', { cookie: second.cookie, body: { current, next } });
    expect(await change('wrong horse', 'better horse')).toMatchObject({ code: 'bad-credentials' });
    expect((await change(PASSWORD, 'short')).json.error).toMatchObject({ code: 'bad-field', field: 'next' });
    expect((await change(PASSWORD, 'лошадь'.repeat(30))).json.error).toMatchObject({ code: 'bad-field' });
    expect(revoked).toEqual([]);
    expect((await change(PASSWORD, 'better horse')).status).toBe(200);
    expect(revoked).toHaveLength(1);
    expect((await call('GET', '/me', { cookie: first.cookie })).code).toBe('unauthorised');
    expect((await call('GET', '/me', { cookie: second.cookie })).status).toBe(200);
    expect((await signIn('anna@shop.example')).code).toBe('bad-credentials');
    expect((await signIn('anna@shop.example', 'better horse')).status).toBe(200);
  });

  test('all end when the password is set from the command line', async () => {
    const { cookie } = await signIn('anna@shop.example');
    expect(await resetPassword({ store, clock }, 'ANNA@shop.example', 'better horse')).toHaveLength(1);
    expect((await call('GET', '/me', { cookie })).code).toBe('unauthorised');
    await expect(resetPassword({ store, clock }, 'x@y.z', 'better horse')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('[S4] operators of a site', () => {
  const list = async (cookie: string) =>
    ((await call('GET', '/sites/shop/operators', { cookie })).json as unknown as { operators: Operator[] }).operators;
  const boris = { name: 'Boris', email: 'Boris@shop.example', password: 'boris horse' };

  test('a site that is not one’s own answers as one that is not there', async () => {
    const { cookie } = await signIn('owner@shop.example');
    const foreign = await call('GET', '/sites/other/operators', { cookie });
    expect(foreign).toEqual(await call('GET', '/sites/nothing/operators', { cookie }));
    expect(foreign.code).toBe('not-found');
    expect((await call('GET', '/sites/shop%00/operators', { cookie })).code).toBe('not-found');
    expect((await call('GET', '/sites/shop/operators')).code).toBe('unauthorised');
  });

  test('are listed with what presence knows of them', async () => {
    const { cookie } = await signIn('anna@shop.example');
    expect(await list(cookie)).toMatchObject([
      { id: ids.owner, role: 'owner', status: 'offline', deletedAt: null },
      { id: ids.anna, role: 'operator', status: 'away', email: 'anna@shop.example' },
    ]);
    expect(JSON.stringify(await list(cookie))).not.toContain('argon2');
  });

  test('the owner makes, names and deletes them; a deleted one stays in the list and is out', async () => {
    const { cookie } = await signIn('owner@shop.example');
    const made = await call('POST', '/sites/shop/operators', { cookie, body: boris });
    expect(made.json).toMatchObject({ name: 'Boris', email: 'boris@shop.example', role: 'operator' });
    const { id } = made.json as unknown as Operator;
    const twice = await call('POST', '/sites/shop/operators', { cookie, body: boris });
    expect(twice.json.error).toMatchObject({ code: 'conflict', field: 'email' });
    const path = `/sites/shop/operators/${id}`;
    expect((await call('PATCH', path, { cookie, body: { name: 'Bob' } })).json).toMatchObject({ name: 'Bob' });
    const signedIn = await signIn('boris@shop.example', 'boris horse');
    expect((await call('DELETE', path, { cookie })).status).toBe(200);
    expect(revoked).toHaveLength(1);
    expect((await call('GET', '/me', { cookie: signedIn.cookie })).code).toBe('unauthorised');
    expect((await signIn('boris@shop.example', 'boris horse')).code).toBe('bad-credentials');
    expect((await list(cookie)).at(-1)).toMatchObject({ id, deletedAt: new Date(clock.now()).toISOString() });
    for (const [method, to, body] of [
      ['PATCH', path, { name: 'Again' }],
      ['DELETE', path, undefined],
      ['POST', `${path}/password`, { password: 'another horse' }],
    ] as const) {
      expect((await call(method, to, { cookie, ...(body && { body }) })).code).toBe('forbidden');
    }
    expect(edited).toBe(3);
    expect((await activity()).join(' ')).toBe(
      'operator-created operator-deleted operator-renamed sign-in sign-in sign-in-refused',
    );
  });

  test('the owner gives a new password, which ends the operator’s sign-ins', async () => {
    const owner = await signIn('owner@shop.example');
    const anna = await signIn('anna@shop.example');
    const path = `/sites/shop/operators/${ids.anna}/password`;
    const set = await call('POST', path, { cookie: owner.cookie, body: { password: 'better horse' } });
    expect(set.status).toBe(200);
    expect(revoked).toHaveLength(1);
    expect((await call('GET', '/me', { cookie: anna.cookie })).code).toBe('unauthorised');
    expect((await signIn('anna@shop.example', 'better horse')).status).toBe(200);
  });

  test('an operator may name themself and nothing more', async () => {
    const { cookie } = await signIn('anna@shop.example');
    const own = `/sites/shop/operators/${ids.anna}`;
    expect((await call('PATCH', own, { cookie, body: { name: 'Anna' } })).status).toBe(200);
    const refused = [
      await call('POST', '/sites/shop/operators', { cookie, body: boris }),
      await call('PATCH', `/sites/shop/operators/${ids.owner}`, { cookie, body: { name: 'x' } }),
      await call('DELETE', own, { cookie }),
      await call('DELETE', `/sites/shop/operators/${ids.owner}`, { cookie }),
      await call('POST', `${own}/password`, { cookie, body: { password: 'better horse' } }),
    ];
    expect(refused.map((answer) => answer.code)).toEqual(Array(5).fill('forbidden'));
    expect((await signIn('anna@shop.example')).json).toMatchObject({ operator: { name: 'Anna' } });
  });

  test('what an operator says of themself is kept and written down', async () => {
    await keepStatus({ store, clock }, { siteId: ids.site, operatorId: ids.anna, status: 'away' });
    expect(await activity()).toEqual(['status']);
  });
});
