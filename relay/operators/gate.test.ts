import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureOwner } from '../first-start.ts';
import { createSite } from '../sites/store.ts';
import { authenticator } from '../testing/authenticator.ts';
import { callApi } from '../testing/call-api.ts';
import { addOperator, signIn } from '../testing/clients.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { freshRelay } from '../testing/fresh-relay.ts';
import { stopSharedPostgres } from '../testing/postgres.ts';
import { greetOperator, rawSocket } from '../testing/raw-socket.ts';
import type { TestRelay } from '../testing/relay.ts';
import { resetPassword } from './accounts.ts';
import { FIRST_PASSWORD_MS } from './first-password.ts';
import { hashPassword } from './passwords.ts';
import { createOperator } from './store.ts';

const FIRST = 'given on a sheet of paper';
const OWN = 'three quiet lamps';
const anna = { name: 'Anna', email: 'anna@shop.example', password: FIRST };
const chosen = { ...anna, password: OWN };
const STEP = 30_000;

let relay: TestRelay;
let clock: TestClock;
/** The owner's cookie. */
let owner: string;

afterAll(() => stopSharedPostgres());

const call = (method: string, path: string, cookie?: string, body?: unknown) =>
  callApi(relay, method, path, cookie, body);
const signInAs = (who: { email: string; password: string }) =>
  call('POST', '/sign-in', '', { email: who.email, password: who.password });
const choose = (cookie: string, current: string, next: string) =>
  call('POST', '/me/password', cookie, { current, next });
const activity = async (action: string) =>
  (await relay.store.read.select().from(relay.store.t.activity)).filter((row) => row.action === action);

/** Sets the second factor up; gives what the phone shows now. */
async function setUp(cookie: string, password: string) {
  const { secret } = (await call('POST', '/me/second-factor', cookie, { password })).json;
  const codeAt = authenticator(secret as string);
  expect((await call('POST', '/me/second-factor/confirm', cookie, { code: codeAt(clock.now()) })).status).toBe(200);
  return () => codeAt(clock.now());
}
const demand = (cookie: string, demanded: boolean) => call('PUT', '/sites/shop/second-factor', cookie, { demanded });

describe.each(['sqlite', 'postgres'] as const)('[S7] what comes before anything else, on %s', (engine) => {
  beforeEach(async () => {
    clock = testClock();
    relay = await freshRelay(engine, { clock });
    owner = await signIn(relay, relay.owner);
  });

  describe('a first password', () => {
    test('opens nothing until one of one’s own is chosen; then the same sign-in is good for everything', async () => {
      await call('POST', '/sites/shop/operators', owner, anna);
      const { json, cookie } = await signInAs(anna);
      expect(json).toMatchObject({ operator: { name: 'Anna' }, owes: 'choose-password' });
      expect((await call('GET', '/me', cookie)).json).toEqual(json);
      for (const [method, path] of [
        ['GET', '/sites/shop'],
        ['GET', '/me/sessions'],
        ['PATCH', '/me'],
        ['POST', '/me/second-factor'],
      ] as const)
        expect(await call(method, path, cookie, method === 'GET' ? undefined : {})).toMatchObject({
          ...{ status: 403, code: 'choose-password' },
        });
      await expect(rawSocket(`${relay.url}/api/v1/socket`, { cookie })).rejects.toMatchObject({ status: 403 });

      expect(await choose(cookie, 'not the first one', OWN)).toMatchObject({ code: 'bad-credentials' });
      expect(await choose(cookie, FIRST, 'short')).toMatchObject({ code: 'bad-field' });
      expect((await choose(cookie, FIRST, FIRST)).json.error).toMatchObject({ code: 'conflict', field: 'next' });
      expect((await call('GET', '/me', cookie)).json).toMatchObject({ owes: 'choose-password' });
      expect((await choose(cookie, FIRST, OWN)).status).toBe(200);
      expect((await call('GET', '/me', cookie)).json).toMatchObject({ owes: null });
      (await greetOperator(relay, cookie)).close();
      expect((await signInAs(chosen)).json).toMatchObject({ owes: null });
      expect((await signInAs(anna)).code).toBe('bad-credentials');
    });

    test('is over a week after it was given, and the sign-in that it opened chooses no more', async () => {
      await call('POST', '/sites/shop/operators', owner, anna);
      clock.advance(FIRST_PASSWORD_MS - 1);
      const { cookie } = await signInAs(anna);
      clock.advance(1);
      expect(await signInAs(anna)).toMatchObject({ status: 401, code: 'first-password-over', cookie: '' });
      expect(await choose(cookie, FIRST, OWN)).toMatchObject({ status: 401, code: 'first-password-over' });
      // Of a wrong one nothing is said but that it is wrong.
      expect(await signInAs(chosen)).toMatchObject({ code: 'bad-credentials' });
      expect((await activity('sign-in-refused')).map(({ detail }) => detail)).toEqual([
        ...[{ wrong: 'first password over' }, {}],
      ]);
      await resetPassword(relay.relay, anna.email, 'one from the shell');
      const again = await signInAs({ ...anna, password: 'one from the shell' });
      expect((await choose(again.cookie, 'one from the shell', OWN)).status).toBe(200);
      clock.advance(FIRST_PASSWORD_MS);
      expect((await signInAs(chosen)).json).toMatchObject({ owes: null });
    });

    test('is what the owner or the command line sets, never what one sets oneself', async () => {
      const { id } = await addOperator(relay, owner, chosen);
      expect((await signInAs(chosen)).json).toMatchObject({ owes: null });
      await call('POST', `/sites/shop/operators/${id}/password`, owner, { password: FIRST });
      expect((await signInAs(anna)).json).toMatchObject({ owes: 'choose-password' });
      await resetPassword(relay.relay, relay.owner.email, FIRST);
      const { json, cookie } = await signInAs({ ...relay.owner, password: FIRST });
      expect(json).toMatchObject({ owes: 'choose-password' });
      await choose(cookie, FIRST, OWN);
      expect((await signInAs({ ...relay.owner, password: OWN })).json).toMatchObject({ owes: null });
    });

    test('is what a first start makes, unless the hoster gave one', async () => {
      const { store } = relay;
      for (const given of [undefined, OWN]) {
        await store.tx(async (db) => {
          await db.delete(store.t.operators);
          await db.delete(store.t.members);
        });
        const made = await ensureOwner(store, clock, { email: relay.owner.email, password: given });
        const { json } = await signInAs({ email: relay.owner.email, password: made?.password ?? OWN });
        expect(json).toMatchObject({ owes: given === undefined ? 'choose-password' : null });
      }
    });
  });

  describe('a second factor that everybody has to have', () => {
    test('is asked for by an owner who has one, and is written down', async () => {
      const { id } = await addOperator(relay, owner, chosen);
      const state = () => call('GET', '/sites/shop/second-factor', owner);
      expect((await state()).json).toEqual({ demanded: false, without: [relay.owner.id, id] });
      expect((await demand(owner, true)).json.error).toMatchObject({ code: 'conflict', field: 'demanded' });
      const code = await setUp(owner, relay.owner.password);
      expect((await demand(await signIn(relay, chosen), true)).code).toBe('forbidden');
      expect((await demand(owner, true)).json).toEqual({ demanded: true, without: [id] });
      await demand(owner, true);
      expect((await state()).json).toEqual({ demanded: true, without: [id] });
      clock.advance(STEP);
      const off = { password: relay.owner.password, code: code() };
      expect(await call('POST', '/me/second-factor/off', owner, off)).toMatchObject({ code: 'conflict' });
      expect((await call('GET', '/me/second-factor', owner)).json).toMatchObject({ on: true, demanded: true });
      expect((await demand(owner, false)).json).toMatchObject({ demanded: false });
      // The code of the refusal was not used up.
      expect((await call('POST', '/me/second-factor/off', owner, off)).status).toBe(200);
      for (const action of ['second-factor-demanded', 'second-factor-not-demanded'])
        expect(await activity(action)).toMatchObject([{ siteId: relay.site.id, actorId: relay.owner.id }]);
    });

    test('is met by open sign-ins at their next request, and their sockets close', async () => {
      await addOperator(relay, owner, chosen);
      const hers = await signIn(relay, chosen);
      await setUp(owner, relay.owner.password);
      const [held, stays] = [await greetOperator(relay, hers), await greetOperator(relay, owner)];
      expect((await demand(owner, true)).status).toBe(200);
      expect(await held.closed(1_000)).toBe(4012);
      expect(await call('GET', '/sites/shop', hers)).toMatchObject({ status: 403, code: 'set-up-second-factor' });
      await expect(rawSocket(`${relay.url}/api/v1/socket`, { cookie: hers })).rejects.toMatchObject({ status: 403 });
      expect((await call('GET', '/me', hers)).json).toMatchObject({ owes: 'set-up-second-factor' });
      expect(await choose(hers, OWN, 'another of her own')).toMatchObject({ code: 'set-up-second-factor' });
      await setUp(hers, OWN);
      expect((await call('GET', '/me', hers)).json).toMatchObject({ owes: null });
      (await greetOperator(relay, hers)).close();
      expect(stays.code).toBeNull();
      stays.close();
    });

    test('comes after a first password, and again when the owner turned theirs off', async () => {
      await setUp(owner, relay.owner.password);
      await demand(owner, true);
      const { id } = (await call('POST', '/sites/shop/operators', owner, anna)).json;
      const { json, cookie } = await signInAs(anna);
      expect(json).toMatchObject({ owes: 'choose-password' });
      await choose(cookie, FIRST, OWN);
      expect((await call('GET', '/me', cookie)).json).toMatchObject({ owes: 'set-up-second-factor' });
      const code = await setUp(cookie, OWN);
      clock.advance(STEP);
      const { ticket } = (await signInAs(chosen)).json;
      const done = await call('POST', '/sign-in/second-factor', '', { ticket, code: code() });
      expect(done.json).toMatchObject({ owes: null });
      expect((await call('DELETE', `/sites/shop/operators/${id}/second-factor`, owner)).status).toBe(200);
      expect((await signInAs(chosen)).json).toMatchObject({ owes: 'set-up-second-factor' });
    });

    test('is a site’s own: who works elsewhere is not asked', async () => {
      const { store } = relay;
      const at = new Date(clock.now());
      const passwordHash = await hashPassword(OWN);
      await store.tx(async (db) => {
        const other = await createSite(db, store.t, { key: 'other', name: 'Other', at });
        await createOperator(db, store.t, { ...chosen, siteId: other.id, role: 'owner', passwordHash, at });
      });
      await setUp(owner, relay.owner.password);
      await demand(owner, true);
      const { json, cookie } = await signInAs(chosen);
      expect(json).toMatchObject({ sites: [{ key: 'other' }], owes: null });
      expect((await call('GET', '/sites/other', cookie)).status).toBe(200);
    });
  });
});
