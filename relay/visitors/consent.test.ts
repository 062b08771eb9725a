import { afterAll, beforeAll, expect, test } from 'vitest';
import { askSession, USER_AGENT, until } from '../testing/clients.ts';
import { rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

let relay: TestRelay;
beforeAll(async () => {
  relay = await startTestRelay();
});
afterAll(() => relay.stop());

const post = async (path: string, body: object, token = '') => {
  const answer = await fetch(`${relay.url}/api/visitor/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const rows = async () => {
  const { read, t } = relay.store;
  return Promise.all(
    [t.visitors, t.visits, t.pageViews].map(async (table) => (await read.select().from(table)).length),
  );
};

test.each(['wait', 'denied'])(
  '[PV1] a session with consent %s leaves no row, not even of who is known',
  async (consent) => {
    const { token = '' } = await askSession(relay);
    const before = await rows();
    for (const shown of ['', token]) {
      const { body } = await post('session', { site: 'shop', consent }, shown);
      expect(body).toMatchObject({ quiet: true, triggers: [], conversation: { exists: false } });
      expect(body).not.toHaveProperty('token');
    }
    expect(await rows()).toEqual(before);
  },
);

test('[PV4] a token that was signed out opens nothing, and what it had open is closed to come back', async () => {
  const { token = '' } = await askSession(relay);
  const other = await askSession(relay);
  const sockets = await Promise.all(
    [token, other.token ?? ''].map(async (one) => {
      const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
      socket.send(visitorHello(one));
      await socket.heard('welcome');
      return socket;
    }),
  );
  expect((await post('sign-out', { site: 'shop' }, token)).status).toBe(200);
  expect(await sockets[0]?.closed()).toBe(4013);
  expect(sockets[1]?.code).toBeNull();
  const late = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  late.send(visitorHello(token));
  expect(await late.closed()).toBe(4001);
  expect((await post('sign-out', { site: 'shop' }, token)).status).toBe(401);
  await until(async () => (await askSession(relay, { token })).token !== undefined, 'a visitor anew');
  sockets[1]?.close();
});
