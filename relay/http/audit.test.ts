import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../operators/passwords.ts';
import { createOperator } from '../operators/store.ts';
import { createSite } from '../sites/store.ts';
import { signIn } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

let relay: TestRelay;
let cookies: { owner: string; operator: string };
let operatorId: string;
beforeAll(async () => {
  relay = await startTestRelay({ trustProxy: ['127.0.0.1'] });
  const { store, owner, site } = relay;
  const at = new Date();
  const passwordHash = await hashPassword(owner.password);
  await store.tx(async (db) => {
    await createSite(db, store.t, { key: 'other', name: 'Other', at });
    const person = { name: 'Anna', email: 'anna@shop.example', passwordHash, at };
    operatorId = (await createOperator(db, store.t, { siteId: site.id, role: 'operator', ...person })).id;
  });
  cookies = {
    owner: await signIn(relay, owner),
    operator: await signIn(relay, { email: 'anna@shop.example', password: owner.password }),
  };
});
afterAll(() => relay.stop());

const call = async (method: string, path: string, cookie: string, body?: unknown) => {
  const answer = await fetch(`${relay.url}/api/v1${path}`, {
    method,
    headers: { cookie, 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.9' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  await answer.arrayBuffer();
  return answer.status;
};
/** What the log has of an action. */
const written = async (action: string) =>
  (await relay.store.read.select().from(relay.store.t.activity)).filter((row) => row.action === action);

test('[S19] what an operator is refused is written down: who, what, when, from where', async () => {
  expect(await call('PATCH', '/sites/shop', cookies.operator, { name: 'Mine' })).toBe(403);
  expect(await call('GET', '/sites/other/conversations?view=all', cookies.operator)).toBe(404);
  const who = { actorKind: 'operator', actorId: operatorId, ip: '198.51.100.9', at: expect.any(Date) };
  expect(await written('refused')).toMatchObject([
    { ...who, siteId: relay.site.id, detail: { method: 'PATCH', code: 'forbidden' } },
    { ...who, siteId: null, detail: { method: 'GET', code: 'not-found' } },
  ]);
});

test('[S19] sign-ins, refused ones, edits and their subjects are written down', async () => {
  const wrong = { email: 'anna@shop.example', password: 'not the password' };
  await fetch(`${relay.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wrong),
  });
  const trigger = { name: 'Hi', conditions: [{ type: 'time-on-page', seconds: 5 }], text: { en: 'Hi' } };
  await call('POST', '/sites/shop/triggers', cookies.owner, trigger);
  const id = (await written('trigger-created'))[0]?.subject ?? '';
  await call('PUT', `/sites/shop/triggers/${id}`, cookies.owner, trigger);
  await call('DELETE', `/sites/shop/triggers/${id}`, cookies.owner);
  await call('PATCH', '/sites/shop', cookies.owner, { name: 'Shop' });
  await call('PATCH', '/me', cookies.operator, { name: 'Ann' });
  await call('POST', `/sites/shop/operators/${operatorId}/password`, cookies.owner, { password: 'a new long one' });
  for (const action of [
    ...['sign-in', 'sign-in-refused', 'trigger-created', 'trigger-changed', 'trigger-deleted'],
    ...['site-changed', 'operator-renamed', 'password'],
  ])
    expect((await written(action)).length, action).toBeGreaterThan(0);
  expect(JSON.stringify(await relay.store.read.select().from(relay.store.t.activity))).not.toMatch(
    /not the password|a new long one/,
  );
});

test('[S19] who reads more of people than answering takes is written down, once', async () => {
  for (let i = 0; i < 320; i++)
    expect(await call('GET', '/sites/shop/conversations?view=all&limit=1', cookies.owner)).toBe(200);
  expect(await written('bulk-read')).toMatchObject([{ actorId: relay.owner.id, siteId: relay.site.id }]);
});
