import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askSession, signIn } from '../testing/clients.ts';
import { visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { expectWholeStore } from '../testing/whole-store.ts';

let relay: TestRelay;
let cookie: string;
let token: string;
let routes: { method: string; path: string; hasBody: boolean }[];
beforeAll(async () => {
  relay = await startTestRelay();
  cookie = await signIn(relay, relay.owner);
  token = (await askSession(relay)).token ?? '';
  const { paths } = (await (await fetch(`${relay.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { requestBody?: unknown }>>;
  };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({ method, path, hasBody: requestBody !== undefined })),
  );
});
afterAll(async () => {
  await expectWholeStore(relay.store);
  await relay.stop();
});

const fill = (path: string, id: string = randomUUIDv7()) =>
  path.replace('{site}', 'shop').replace(/\{\w+\}/g, path.includes('{hash}') ? 'f'.repeat(64) : id);

/** Sends it, and fails unless it is refused with a code and a sentence. */
async function refused(
  method: string,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; code: string }> {
  const answer = await fetch(`${relay.url}${path}`, { method: method.toUpperCase(), ...init });
  const text = await answer.text();
  const what = `${method} ${path} ${String(init.body).slice(0, 80)} → ${answer.status} ${text.slice(0, 200)}`;
  expect(answer.status, what).toBeGreaterThanOrEqual(400);
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.headers.get('content-type'), what).toMatch(/^application\/json/);
  const { error } = JSON.parse(text) as { error: { code: string; message: string } };
  expect(error, what).toMatchObject({ code: expect.stringMatching(/^[a-z-]+$/), message: expect.stringMatching(/\S/) });
  return { status: answer.status, code: error.code };
}
const asOwner = (body: BodyInit, type = 'application/json') => ({
  // What was not read to its end cannot be followed by another request on the same line.
  headers: { connection: 'close', cookie, authorization: `Bearer ${token}`, 'content-type': type },
  body,
});

const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
const NUMBERS_FOR_ALL = JSON.stringify(
  Object.fromEntries(
    ['name', 'email', 'password', 'current', 'next', 'settings', 'origins', 'conditions', 'text', 'site', 'page'].map(
      (key) => [key, 7],
    ),
  ),
);
const BROKEN: Record<string, string> = {
  nothing: '',
  'no JSON': '{"name":',
  'a list': '[]',
  'a null': 'null',
  'a text': '"x"',
  'numbers in place of all': NUMBERS_FOR_ALL,
};

test.each(Object.entries(BROKEN))('a body that is %s is refused by every route that takes one', async (_, body) => {
  for (const { method, path } of routes.filter(({ hasBody }) => hasBody))
    await refused(method, fill(path), asOwner(body));
});

test('without a cookie every route of the console answers unauthorised, whatever is in it', async () => {
  const open = ['/api/v1/sign-in', '/api/v1/sign-in/second-factor', '/api/v1/sign-out'];
  for (const { method, path, hasBody } of routes.filter(({ path: p }) => p.startsWith('/api/v1/') && !open.includes(p)))
    for (const body of hasBody ? ['{}', '{'] : [undefined])
      expect(
        await refused(method, fill(path), body ? { headers: { 'content-type': 'application/json' }, body } : {}),
      ).toEqual({ status: 401, code: 'unauthorised' });
});

test('a body of another kind is refused', async () => {
  for (const { method, path } of routes.filter(({ hasBody }) => hasBody))
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      await refused(method, fill(path), asOwner('name=x', type));
});

test('a body over 256 KB is refused, said in advance or not', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(256 * 1024) });
  for (const path of ['/api/v1/me', '/api/v1/sites/shop'])
    expect(await refused('patch', path, asOwner(body))).toEqual({ status: 413, code: 'too-big' });
  for (const path of ['/api/visitor/session', '/api/visitor/commands', '/api/visitor/events', '/api/v1/sign-in'])
    expect(await refused('post', path, asOwner(body))).toEqual({ status: 413, code: 'too-big' });
  const stream = new Blob([body]).stream();
  const init = { ...asOwner(stream as never), duplex: 'half' } as RequestInit;
  expect(await refused('patch', '/api/v1/me', init)).toEqual({ status: 413, code: 'too-big' });
});

describe('addresses', () => {
  const headers = () => ({ headers: { cookie, authorization: `Bearer ${token}` } });

  test.each(['x', '%00', "'", '%27%20or%201=1', '..%2f..%2fetc', '%ff', '%E0%A4%A', 'null', '1e9'])(
    'an id like «%s» is refused',
    async (id) => {
      for (const { method, path, hasBody } of routes.filter(({ path: p }) => p.includes('{id}')))
        await refused(method, `${fill(path, id)}?site=shop`, hasBody ? asOwner('{}') : headers());
      await refused('get', `/api/visitor/files/shop/${id}`);
      await refused('get', `/api/visitor/articles/${id}?site=shop`);
      await refused('get', `/api/v1/sites/${id}`, headers());
    },
  );

  test.each([
    'view=everything',
    'view=all&limit=0',
    'view=all&limit=1000000000',
    'view=all&limit=x',
    'view=all&cursor=x',
    `view=all&cursor=${Buffer.from('["2026-01-01T00:00:00.000Z","x"]').toString('base64url')}`,
    `view=all&cursor=${Buffer.from('{"at":1}').toString('base64url')}`,
    `view=all&cursor=${'x'.repeat(200)}`,
    '',
  ])('a list asked with «%s» is refused', async (query) => {
    await refused('get', `/api/v1/sites/shop/conversations?${query}`, headers());
  });

  test.each(['before=x', 'before=-1', 'after=1.5', 'limit=201', 'limit=0', 'limit=NaN'])(
    'events asked with «%s» are refused',
    async (query) => {
      const id = randomUUIDv7();
      await refused('get', `/api/v1/sites/shop/conversations/${id}/events?${query}`, headers());
      await refused('get', `/api/visitor/conversations/${id}/events?site=shop&${query}`, headers());
    },
  );

  test('what is not there is said as JSON', async () => {
    for (const path of ['/api/v1/nowhere', '/api/nowhere', '/api/visitor/nowhere', '/nowhere', '/api', '/%00'])
      expect(await refused('get', path, headers())).toEqual({ status: 404, code: 'not-found' });
    for (const [method, path] of [
      ['put', '/api/v1/me'],
      ['delete', '/api/visitor/session'],
      ['get', '/api/v1/sign-in'],
      ['post', '/api/v1/openapi.json'],
    ] as const)
      expect(await refused(method, path, headers())).toMatchObject({ code: 'not-found' });
  });
});

describe('the event stream’s requests', () => {
  const post = (path: string, body: unknown, auth = `Bearer ${token}`) =>
    refused('post', path, {
      headers: { 'content-type': 'application/json', ...(auth && { authorization: auth }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const hello = () => visitorHello('', { token: undefined });

  test('[HS5] are refused when they are not of the documented shape', async () => {
    for (const path of ['/api/visitor/events', '/api/visitor/commands'])
      for (const body of Object.values(BROKEN)) await post(path, body);
    for (const frames of [[], {}, 'x', undefined, Array.from({ length: 129 }, () => ({ type: 'pong' }))])
      await post('/api/visitor/commands', { hello: hello(), frames });
    await post('/api/visitor/events', { ...hello(), outbox: { id: 'x', next: 1 } });
  });

  test('[HS5] are refused without a right token, site or origin', async () => {
    const frames = [{ type: 'pong' }];
    for (const auth of ['', 'Bearer x', `Bearer ${token}x`, 'Basic eDp4', token])
      for (const [path, body] of [
        ['/api/visitor/commands', { hello: hello(), frames }],
        ['/api/visitor/session', '{'],
      ] as const)
        if (path === '/api/visitor/commands') expect(await post(path, body, auth)).toMatchObject({ status: 401 });
    expect(await post('/api/visitor/commands', { hello: { ...hello(), site: 'nowhere' }, frames })).toMatchObject({
      code: 'unknown-site',
    });
    expect(await post('/api/visitor/commands', { hello: { ...hello(), protocol: 99 }, frames })).toMatchObject({
      code: 'bad-request',
    });
  });

  test('[FR1] frames that are none are told so, each in its place', async () => {
    const send = (frames: unknown[]) =>
      fetch(`${relay.url}/api/visitor/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ hello: hello(), frames }),
      });
    const answer = await send([7, null, [], 'x', { type: { toString: 1 } }, { type: 'ack' }, hello()]);
    expect(answer.status).toBe(200);
    const { frames } = (await answer.json()) as { frames: { type: string; code: string }[] };
    expect(frames.length).toBeGreaterThanOrEqual(6);
    for (const frame of frames)
      expect(frame).toMatchObject({ type: 'error', code: expect.stringMatching(/^(unknown|bad)-frame$/) });
  });

  test('deep nesting is refused or told of, never a failure', async () => {
    const body = `{"hello":${JSON.stringify(hello())},"frames":[${deep}]}`;
    const answer = await fetch(`${relay.url}/api/visitor/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
    expect(answer.status).toBeLessThan(500);
    for (const { method, path } of routes.filter(({ hasBody }) => hasBody)) {
      const { status } = await fetch(`${relay.url}${fill(path)}`, { method: method.toUpperCase(), ...asOwner(deep) });
      expect(status, path).toBeLessThan(500);
    }
  });
});
