import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { callApi } from '../testing/call-api.ts';
import { addOperator, signIn } from '../testing/clients.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { freshRelay } from '../testing/fresh-relay.ts';
import { stopSharedPostgres } from '../testing/postgres.ts';
import type { TestRelay } from '../testing/relay.ts';

const HOUR = 60 * 60 * 1_000;
const anna = { name: 'Anna', email: 'anna@shop.example', password: 'three quiet lamps' };

let relay: TestRelay;
let clock: TestClock;
/** The owner's cookie. */
let owner: string;

afterAll(() => stopSharedPostgres());

const call = (method: string, path: string, cookie?: string, body?: unknown) =>
  callApi(relay, method, path, cookie, body);
const end = (cookie: string, password: string, id?: string) =>
  call('POST', '/me/sessions/end', cookie, { password, id });
const isIn = async (cookie: string) => (await call('GET', '/me', cookie)).status === 200;
const ended = async () =>
  (await relay.store.read.select().from(relay.store.t.activity)).filter(({ action }) => action === 'sign-in-ended');

describe.each(['sqlite', 'postgres'] as const)('[S7] one’s own sign-ins, on %s', (engine) => {
  beforeEach(async () => {
    clock = testClock();
    relay = await freshRelay(engine, { clock });
    owner = await signIn(relay, relay.owner);
    await addOperator(relay, owner, anna);
  });

  test('are listed, and ended one by one with the password', async () => {
    const first = await signIn(relay, anna);
    clock.advance(HOUR);
    const second = await signIn(relay, anna);
    const { sessions } = (await call('GET', '/me/sessions', second)).json as {
      sessions?: { id: string; current: boolean }[];
    };
    expect(sessions?.map(({ current }) => current)).toEqual([true, false]);
    const id = sessions?.[1]?.id ?? '';
    expect(await end(owner, relay.owner.password, id)).toMatchObject({ status: 404, code: 'not-found' });
    expect((await end(second, 'wrong horse', id)).json.error).toMatchObject({
      ...{ code: 'bad-credentials', field: 'password' },
    });
    expect(await isIn(first)).toBe(true);
    expect((await end(second, anna.password, id)).json).toMatchObject({ sessions: [{ current: true }] });
    expect([await isIn(first), await isIn(second), await isIn(owner)]).toEqual([false, true, true]);
    expect((await end(second, anna.password, id)).code).toBe('not-found');
    expect(await ended()).toMatchObject([{ siteId: relay.site.id, ip: '127.0.0.1' }]);
  });

  test('are all ended but the one that asks', async () => {
    const [cookie, ...others] = [await signIn(relay, anna), await signIn(relay, anna), await signIn(relay, anna)];
    expect((await end(cookie, 'wrong horse')).code).toBe('bad-credentials');
    expect((await end(cookie, anna.password)).json).toMatchObject({ sessions: [{ current: true }] });
    for (const other of others) expect(await isIn(other)).toBe(false);
    for (const stays of [cookie, owner]) expect(await isIn(stays)).toBe(true);
    expect(await ended()).toHaveLength(2);
    // There is no other any more: nothing happens, and it is no mistake.
    expect((await end(cookie, anna.password)).status).toBe(200);
  });

  test('guessing the password for it is slowed down as at signing in, together with it', async () => {
    const cookie = await signIn(relay, anna);
    for (let i = 0; i < 10; i++) expect((await end(cookie, 'wrong horse')).code).toBe('bad-credentials');
    expect(await end(cookie, anna.password)).toMatchObject({ status: 429, code: 'slow-down' });
    expect(await call('POST', '/sign-in', '', anna)).toMatchObject({ status: 429 });
  });
});
