import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hashPassword, verifyPassword } from '../operators/passwords.ts';
import { askSession, openOperator, signIn, until } from '../testing/clients.ts';
import { greetOperator, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

let relay: TestRelay;
let cookie: string;
beforeAll(async () => {
  relay = await startTestRelay({ origins: ['https://shop.example'], trustProxy: ['127.0.0.1'] });
  cookie = await signIn(relay, relay.owner);
});
afterAll(() => relay.stop());

describe('[S1] pages of other origins', () => {
  const ask = (path: string, origin: string, init: RequestInit = {}) =>
    fetch(relay.url + path, { ...init, headers: { 'content-type': 'application/json', origin, ...init.headers } });
  const body = JSON.stringify({ site: 'shop', page: { url: '', title: '', referrer: '' } });

  test('are refused by every visitors’ route but the public search, also in the middle of a name', async () => {
    for (const origin of [
      ...['https://elsewhere.example', 'https://shop.example.elsewhere.example', 'https://xshop.example'],
      ...['http://shop.example', 'https://shop.example:8443', 'https://SHOP.example.', 'null', 'https://shop.example/'],
    ]) {
      expect((await ask('/api/visitor/session', origin, { method: 'POST', body })).status, origin).toBe(403);
      const history = '/api/visitor/conversations/01900000-0000-7000-8000-000000000001/events?site=shop';
      expect((await ask(history, origin)).status, origin).toBe(403);
      await expect(rawSocket(`${relay.url}/api/visitor/socket?site=shop`, { origin })).rejects.toMatchObject({
        status: 403,
      });
      expect((await ask('/api/visitor/articles?site=shop', origin)).status, origin).toBe(200);
    }
    expect((await ask('/api/visitor/session', 'https://shop.example', { method: 'POST', body })).status).toBe(200);
  });

  test('are never let in with credentials, and visitors’ routes set no cookie', async () => {
    for (const [method, path] of [
      ['OPTIONS', '/api/visitor/session'],
      ['POST', '/api/visitor/session'],
      ['GET', '/api/visitor/articles?site=shop'],
      ['OPTIONS', '/api/v1/me'],
      ['GET', '/api/v1/me'],
    ] as const) {
      const init = { method, ...(method === 'POST' && { body }), headers: { cookie } };
      const { headers } = await ask(path, 'https://shop.example', init);
      expect(headers.get('access-control-allow-credentials'), path).toBeNull();
      if (path.startsWith('/api/visitor')) expect(headers.get('set-cookie'), path).toBeNull();
      else expect(headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });

  test('open no operator’s socket, though the browser sends the cookie', async () => {
    for (const origin of ['https://shop.example', 'https://elsewhere.example', 'null'])
      await expect(rawSocket(`${relay.url}/api/v1/socket`, { cookie, origin })).rejects.toMatchObject({ status: 403 });
  });
});

describe('[S2] a visitor’s token in an address', () => {
  test('proves nothing, on HTTP or at the upgrade', async () => {
    const { token, conversation } = await askSession(relay);
    const path = `/api/visitor/conversations/${conversation.id}/events?site=shop&token=${token}&authorization=Bearer%20${token}`;
    expect((await fetch(relay.url + path)).status).toBe(401);
    const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop&token=${token}`);
    socket.send({ type: 'follow', conversations: [] });
    expect(await socket.heard('error')).toMatchObject({ code: 'hello-first' });
    socket.close();
  });
});

describe('[S5] [S7] a sign-in that is over', () => {
  test('closes its sockets within a second: signing out, another password, one or all others ended from elsewhere', async () => {
    const send = (method: string, path: string, by: string, body: object = {}) =>
      fetch(`${relay.url}/api/v1${path}`, {
        method,
        headers: { cookie: by, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const idOf = async (by: string) => {
      const answer = await fetch(`${relay.url}/api/v1/me/sessions`, { headers: { cookie: by } });
      const { sessions } = (await answer.json()) as { sessions: { id: string; current: boolean }[] };
      return sessions.find(({ current }) => current)?.id ?? '';
    };
    const { password } = relay.owner;
    for (const end of [
      (doomed: string) => send('POST', '/sign-out', doomed),
      async (doomed: string) => send('POST', '/me/sessions/end', cookie, { password, id: await idOf(doomed) }),
      () => send('POST', '/me/sessions/end', cookie, { password }),
      () => send('POST', '/me/password', cookie, { current: password, next: password }),
    ]) {
      const doomed = await signIn(relay, relay.owner);
      const [one, two] = [await greetOperator(relay, doomed), await greetOperator(relay, doomed)];
      const stays = await greetOperator(relay, cookie);
      expect((await end(doomed)).ok).toBe(true);
      for (const socket of [one, two]) expect(await socket.closed(1_000)).toBe(4012);
      expect(stays.code).toBeNull();
      stays.close();
      await expect(greetOperator(relay, doomed)).rejects.toMatchObject({ status: 401 });
    }
  });
});

describe('[S6] the console', () => {
  test('takes JSON alone: what a form of another page can send changes nothing', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const answer = await fetch(`${relay.url}/api/v1/me`, {
        method: 'PATCH',
        headers: { cookie, 'content-type': type },
        body: '{"name":"Mallory"}',
      });
      expect(answer.status, type).toBeGreaterThanOrEqual(400);
    }
    expect(await (await fetch(`${relay.url}/api/v1/me`, { headers: { cookie } })).text()).not.toContain('Mallory');
  });

  test('changes nothing for other origins, for sister hosts or for what a link opens', async () => {
    for (const headers of [
      ...[{ origin: 'https://elsewhere.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }],
      ...[{ 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }],
    ])
      for (const [method, path] of [
        ['POST', '/sign-in'],
        ['POST', '/sign-out'],
        ['PATCH', '/me'],
        ['DELETE', `/sites/shop/operators/${relay.owner.id}`],
      ] as const) {
        const answer = await fetch(`${relay.url}/api/v1${path}`, {
          method,
          headers: { cookie, 'content-type': 'application/json', ...(headers as Record<string, string>) },
          body: '{}',
        });
        expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code], path).toEqual([
          ...[403, 'forbidden-origin'],
        ]);
      }
    expect((await fetch(`${relay.url}/api/v1/me`, { headers: { cookie } })).status).toBe(200);
  });

  test('binds its cookie to the host on https, as a trusted proxy says', async () => {
    const signInBy = async (headers: Record<string, string>) =>
      (
        await fetch(`${relay.url}/api/v1/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(relay.owner),
        })
      ).headers.get('set-cookie');
    expect(await signInBy({ 'x-forwarded-proto': 'https' })).toMatch(
      /^__Host-frontdesk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(await signInBy({})).toMatch(/^frontdesk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('keeps what it answers out of every cache', async () => {
    for (const path of ['/me', '/sites/shop', '/sites/shop/conversations?view=all'])
      expect((await fetch(`${relay.url}/api/v1${path}`, { headers: { cookie } })).headers.get('cache-control')).toBe(
        'no-store',
      );
  });
});

test('[S7] an address that nobody has takes as long as a wrong password: a hash of the same cost is made', async () => {
  const hash = await hashPassword('correct horse battery');
  const cpu = async (against: string | null) => {
    const used: number[] = [];
    for (let i = 0; i < 5; i++) {
      const before = process.cpuUsage();
      await verifyPassword('wrong horse', against);
      const { user, system } = process.cpuUsage(before);
      used.push(user + system);
    }
    return used.sort((a, b) => a - b)[0] ?? 0;
  };
  await cpu(hash);
  const [known, unknown] = [await cpu(hash), await cpu(null)];
  // Without the hash it is a thousandth; what is left is the noise of the machine.
  expect(unknown).toBeGreaterThan(known / 4);
  expect(unknown).toBeLessThan(known * 4);
});

test('[S15] nothing that is sent back is built from the Host header', async () => {
  const planted = 'planted.example';
  const ask = (path: string) =>
    new Promise<string>((resolve, reject) => {
      const url = new URL(relay.url + path);
      const headers = { host: planted, 'x-forwarded-host': planted, forwarded: `host=${planted}`, cookie };
      const asking = request(
        { host: url.hostname, port: url.port, path: url.pathname + url.search, headers },
        (got) => {
          let text = JSON.stringify(got.headers);
          got.on('data', (chunk) => {
            text += String(chunk);
          });
          got.on('end', () => resolve(text));
        },
      );
      asking.on('error', reject);
      asking.end();
    });
  for (const path of ['/', '/console', '/console/', '/api/v1/sites/shop', '/api/v1/openapi.json', '/nowhere', '/demo'])
    expect(await ask(path), path).not.toContain(planted);
});

test('[S5] what is the staff’s alone never travels to a visitor', async () => {
  const operator = await openOperator(relay, relay.owner);
  onTestFinished(() => operator.session.destroy());
  const { conversation, token = '' } = await askSession(relay);
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  socket.send(visitorHello(token));
  await socket.heard('welcome');
  await operator.session.command({ type: 'message:send', conversation: conversation.id, text: 'hello' });
  const me = relay.owner.id;
  await operator.session.command({ type: 'conversation:assign', conversation: conversation.id, operator: me });
  await operator.session.command({ type: 'conversation:close', conversation: conversation.id });
  await until(() => socket.frames.some((one) => one.type === 'event' && one.event.type === 'status'), 'the close');
  const heard = JSON.stringify(socket.frames);
  expect(heard).not.toMatch(/assignment|visitorSeq|"metadata"|userAgent|on-site|counts|@shop\.example/);
  const numbers = socket.frames.flatMap((one) => (one.type === 'event' ? [one.event.seq] : []));
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  socket.close();
});

test('[S6] every answer says that it is no page to be framed and what its type says; on https, that it stays so', async () => {
  const paths = [
    ...['/healthz', '/readyz', '/metrics', '/nowhere', '/console/', '/widget.js', '/api/v1/me', '/api/v1/openapi.json'],
    ...['/api/visitor/articles?site=shop', `/api/visitor/files/shop/${'f'.repeat(64)}`, '/'],
  ];
  for (const path of paths)
    for (const proto of ['http', 'https']) {
      const answer = await fetch(relay.url + path, { headers: { 'x-forwarded-proto': proto }, redirect: 'manual' });
      await answer.arrayBuffer();
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(policy, path).toContain(part);
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(answer.headers.get('referrer-policy'), path).toBeTruthy();
      expect(answer.headers.get('strict-transport-security'), path).toBe(proto === 'https' ? 'max-age=31536000' : null);
    }
});

test('[S6] the console’s page lets no text become a script', async () => {
  const policy = (await fetch(`${relay.url}/console/`)).headers.get('content-security-policy') ?? '';
  for (const part of [
    "script-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "form-action 'none'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe-|\*|https?:/);
});
