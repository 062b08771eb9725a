import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { authenticator } from '../testing/authenticator.ts';
import { callApi } from '../testing/call-api.ts';
import { addOperator, signIn } from '../testing/clients.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { freshDatabase, stopSharedPostgres } from '../testing/postgres.ts';
import { greetOperator, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { resetPassword, resetSecondFactorOf } from './accounts.ts';
import { SET_UP_MS } from './second-factor.ts';
import { TICKET_MS } from './sign-in-tickets.ts';

const SECRETS = ['q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT', 'Bn5vKe8XjW2sMq7RtZc4LpYh9UdGf3Ta'] as const;
const STEP = 30_000;
const anna = { name: 'Anna', email: 'anna@shop.example', password: 'another good one' };

let relay: TestRelay;
let clock: TestClock;
/** The owner's cookie. */
let owner: string;

afterAll(() => stopSharedPostgres());

const call = (method: string, path: string, cookie?: string, body?: unknown) =>
  callApi(relay, method, path, cookie, body);

const ticketFor = async (who: { email: string; password: string }): Promise<string> => {
  const { status, json, cookie } = await call('POST', '/sign-in', '', { email: who.email, password: who.password });
  expect([status, cookie]).toEqual([202, '']);
  expect(Object.keys(json).sort()).toEqual(['expiresAt', 'ticket']);
  return json.ticket as string;
};
const second = (ticket: string, code: string) => call('POST', '/sign-in/second-factor', '', { ticket, code });
const refused = (field: string) => ({ status: 401, json: { error: { code: 'bad-credentials', field } }, cookie: '' });

/**
 * Sets the second factor up; gives what the phone shows now, and the recovery codes. `whenConfirmed` runs before the clock is put
 * forward by more than a socket may be silent.
 */
async function setUp(cookie: string, password: string, whenConfirmed = async () => {}) {
  const begun = await call('POST', '/me/second-factor', cookie, { password });
  expect(begun.status).toBe(200);
  const { secret, address } = begun.json as { secret: string; address: string };
  const codeAt = authenticator(secret);
  const confirmed = await call('POST', '/me/second-factor/confirm', cookie, { code: codeAt(clock.now()) });
  expect(confirmed.status).toBe(200);
  await whenConfirmed();
  // The code of the set-up is used; the next is good from the next step on.
  clock.advance(STEP);
  const recovery = confirmed.json.recoveryCodes as string[];
  return { secret, address, recovery, code: () => codeAt(clock.now()) };
}

const activity = async (action: string) =>
  (await relay.store.read.select().from(relay.store.t.activity)).filter((row) => row.action === action);

describe.each(['sqlite', 'postgres'] as const)('[S7] the second factor, on %s', (engine) => {
  beforeEach(async () => {
    clock = testClock();
    const database = engine === 'postgres' ? await freshDatabase() : undefined;
    relay = await startTestRelay({ clock, secrets: [SECRETS[0]], databaseUrl: database?.url });
    onTestFinished(async () => {
      await relay.stop();
      await database?.drop();
    });
    owner = await signIn(relay, relay.owner);
  });

  test('set up with the password and a first code, it is asked for at the next sign-in', async () => {
    expect((await call('GET', '/me/second-factor', owner)).json).toEqual({
      ...{ on: false, recoveryCodes: 0, demanded: false },
    });
    const wrong = await call('POST', '/me/second-factor', owner, { password: 'not it at all' });
    expect(wrong).toMatchObject({ status: 401, json: { error: { field: 'password' } } });
    const { address, secret, code, recovery } = await setUp(owner, relay.owner.password);
    expect(address).toBe(
      `otpauth://totp/Frontdesk:owner%40shop.example?secret=${secret}&issuer=Frontdesk&algorithm=SHA1&digits=6&period=30`,
    );
    expect(recovery).toHaveLength(10);
    expect((await call('GET', '/me/second-factor', owner)).json).toMatchObject({ on: true, recoveryCodes: 10 });
    const done = await second(await ticketFor(relay.owner), code());
    expect(done).toMatchObject({ status: 200, json: { operator: { email: relay.owner.email } } });
    expect((await call('GET', '/me', done.cookie)).status).toBe(200);
    expect(await activity('second-factor-on')).toMatchObject([{ subject: relay.owner.id, ip: '127.0.0.1' }]);
    expect((await activity('sign-in')).at(-1)?.detail).toEqual({ secondFactor: 'code' });
  });

  test('is not asked for before a first code was right, and a set-up does not wait for ever', async () => {
    const begin = () => call('POST', '/me/second-factor', owner, { password: relay.owner.password });
    const confirm = (code: string) => call('POST', '/me/second-factor/confirm', owner, { code });
    expect(await confirm('123456')).toMatchObject({ status: 404 });
    const first = authenticator((await begin()).json.secret as string);
    expect(await confirm('no code')).toMatchObject(refused('code'));
    expect(await signIn(relay, relay.owner)).not.toBe('');
    // Begun anew, the secret is another one.
    const next = authenticator((await begin()).json.secret as string);
    expect(await confirm(first(clock.now()))).toMatchObject(refused('code'));
    clock.advance(SET_UP_MS);
    expect(await confirm(next(clock.now()))).toMatchObject({ status: 404 });
    const third = authenticator((await begin()).json.secret as string);
    expect(await confirm(third(clock.now()))).toMatchObject({ status: 200 });
    // One that is on is not replaced by a set-up.
    expect(await begin()).toMatchObject({ status: 409 });
    expect(await confirm(third(clock.now() + STEP))).toMatchObject({ status: 404 });
  });

  test('a code is good once, whoever is first, and so is a ticket', async () => {
    const { code } = await setUp(owner, relay.owner.password);
    const tickets = [await ticketFor(relay.owner), await ticketFor(relay.owner), await ticketFor(relay.owner)];
    const raced = await Promise.all(tickets.map((ticket) => second(ticket, code())));
    expect(raced.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const [won = -1] = raced.flatMap(({ status }, i) => (status === 200 ? [i] : []));
    clock.advance(STEP);
    expect(await second(tickets[won] ?? '', code())).toMatchObject(refused('ticket'));
    // The ticket that was used up did not use up the code.
    expect((await second(tickets[(won + 1) % 3] ?? '', code())).status).toBe(200);
  });

  test('of two requests with one ticket one gets through, and the other’s code is still good', async () => {
    const { recovery } = await setUp(owner, relay.owner.password);
    const ticket = await ticketFor(relay.owner);
    const both = await Promise.all(recovery.slice(0, 2).map((code) => second(ticket, code)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const { cookie = '' } = both.find(({ status }) => status === 200) ?? {};
    expect((await call('GET', '/me/second-factor', cookie)).json).toMatchObject({ on: true, recoveryCodes: 9 });
  });

  test('the ticket opens nothing else, runs out, and ends with a new password', async () => {
    const { code } = await setUp(owner, relay.owner.password);
    const ticket = await ticketFor(relay.owner);
    for (const cookie of [`frontdesk=${ticket}`, `__Host-frontdesk=${ticket}`]) {
      expect((await call('GET', '/me', cookie)).status).toBe(401);
      await expect(greetOperator(relay, cookie)).rejects.toMatchObject({ status: 401 });
    }
    const visitors = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
    visitors.send(visitorHello(ticket));
    expect(await visitors.closed()).toBe(4001);
    clock.advance(TICKET_MS);
    expect(await second(ticket, code())).toMatchObject(refused('ticket'));
    const other = await ticketFor(relay.owner);
    await resetPassword(relay.relay, relay.owner.email, 'a password from the shell');
    expect(await second(other, code())).toMatchObject(refused('ticket'));
    // The password is a new one; the second factor is still on.
    await ticketFor({ ...relay.owner, password: 'a password from the shell' });
    expect(JSON.stringify(await relay.store.read.select().from(relay.store.t.signInTickets))).not.toContain(ticket);
  });

  test('a recovery code is good once, is written down, and ends the other sign-ins with their sockets', async () => {
    const { recovery } = await setUp(owner, relay.owner.password);
    const socket = await greetOperator(relay, owner);
    const [code = ''] = recovery;
    const done = await second(await ticketFor(relay.owner), code.toUpperCase().replaceAll('-', ' '));
    expect(done.status).toBe(200);
    expect(await socket.closed(10_000)).toBe(4012);
    expect((await call('GET', '/me', owner)).status).toBe(401);
    expect((await call('GET', '/me/second-factor', done.cookie)).json).toMatchObject({ on: true, recoveryCodes: 9 });
    expect(await second(await ticketFor(relay.owner), code)).toMatchObject(refused('code'));
    expect(await activity('recovery-code-used')).toHaveLength(1);
    expect((await activity('sign-in-refused')).map(({ detail }) => detail)).toEqual([{ wrong: 'code' }]);
  });

  test('turning it on or off ends the other sign-ins with their sockets, not one’s own', async () => {
    const [here, elsewhere] = [await greetOperator(relay, owner), await signIn(relay, relay.owner)];
    const there = await greetOperator(relay, elsewhere);
    const { code } = await setUp(owner, relay.owner.password, async () => {
      expect(await there.closed(10_000)).toBe(4012);
      expect(here.code).toBeNull();
    });
    const { password } = relay.owner;
    const other = (await second(await ticketFor(relay.owner), code())).cookie;
    clock.advance(STEP);
    const [socket, ticket] = [await greetOperator(relay, other), await ticketFor(relay.owner)];
    const off = (body: object) => call('POST', '/me/second-factor/off', owner, body);
    expect(await off({ password: 'not it at all', code: code() })).toMatchObject(refused('password'));
    expect(await off({ password, code: '000 000x' })).toMatchObject(refused('code'));
    expect((await off({ password, code: code() })).status).toBe(200);
    expect(await socket.closed(10_000)).toBe(4012);
    expect((await call('GET', '/me', owner)).status).toBe(200);
    expect(await second(ticket, code())).toMatchObject(refused('ticket'));
    expect(await off({ password, code: code() })).toMatchObject({ status: 409 });
    expect(await signIn(relay, relay.owner)).not.toBe('');
    expect(await activity('second-factor-off')).toHaveLength(1);
    expect(await relay.store.read.select().from(relay.store.t.recoveryCodes)).toEqual([]);
  });

  test('codes are throttled together with passwords, and a right password does not set the count back', async () => {
    const { code } = await setUp(owner, relay.owner.password);
    // Five times a right password and a wrong code: ten tries.
    for (let i = 0; i < 5; i++)
      expect(await second(await ticketFor(relay.owner), 'not a code')).toMatchObject(refused('code'));
    expect(await call('POST', '/sign-in', '', relay.owner)).toMatchObject({ status: 429 });
    expect(await call('POST', '/me/second-factor/off', owner, { ...relay.owner, code: code() })).toMatchObject({
      status: 429,
    });
  });

  test('a wrong password and an unknown address answer as before, second factor or not', async () => {
    await setUp(owner, relay.owner.password);
    const tries = ['owner@shop.example', 'nobody@shop.example'].map((email) =>
      call('POST', '/sign-in', '', { email, password: 'wrong horse' }),
    );
    const [known, unknown] = await Promise.all(tries);
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ status: 401, json: { error: { code: 'bad-credentials' } } });
  });

  test('the owner turns off another’s, never the other way round; the command line anybody’s', async () => {
    const made = await addOperator(relay, owner, anna);
    const hers = await signIn(relay, anna);
    await setUp(hers, anna.password);
    const reset = (cookie: string, id: unknown) => call('DELETE', `/sites/shop/operators/${id}/second-factor`, cookie);
    await setUp(owner, relay.owner.password);
    // Only now: the clock has been put forward by more than a socket may be silent.
    const socket = await greetOperator(relay, hers);
    for (const [cookie, id] of [
      [hers, relay.owner.id],
      [hers, made.id],
      [owner, relay.owner.id],
    ])
      expect(await reset(cookie as string, id)).toMatchObject({ status: 403 });
    expect((await reset(owner, made.id)).status).toBe(200);
    expect(await socket.closed(10_000)).toBe(4012);
    expect(await signIn(relay, anna)).not.toBe('');
    await resetSecondFactorOf(relay.relay, 'OWNER@shop.example');
    expect(await signIn(relay, relay.owner)).not.toBe('');
    expect((await call('GET', '/me', owner)).status).toBe(401);
    expect((await activity('second-factor-reset')).map(({ actorKind, subject }) => [actorKind, subject])).toEqual([
      ['operator', made.id],
      ['relay', relay.owner.id],
    ]);
    for (const email of [anna.email, 'nobody@shop.example'])
      await expect(resetSecondFactorOf(relay.relay, email)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('[S18] secrets lie sealed, codes hashed; the seal is renewed when SECRET was', async () => {
    const { secret, recovery, code } = await setUp(owner, relay.owner.password);
    const { read, t } = relay.store;
    const stored = async () => JSON.stringify([await read.select().from(t.secondFactors)]);
    expect(await stored()).not.toContain(secret);
    expect(JSON.stringify(await read.select().from(t.recoveryCodes))).not.toContain(recovery[0]);
    if (engine === 'postgres') return;
    const { dataDir } = relay;
    const before = (await read.select().from(t.secondFactors))[0]?.secret;
    const again = async (secrets: string[]) => {
      await relay.stop();
      relay = await startTestRelay({ clock, secrets, dataDir });
    };
    await again([SECRETS[1], SECRETS[0]]);
    expect((await second(await ticketFor(relay.owner), code())).status).toBe(200);
    expect((await relay.store.read.select().from(t.secondFactors))[0]?.secret).not.toBe(before);
    clock.advance(STEP);
    await again([SECRETS[1]]);
    expect((await second(await ticketFor(relay.owner), code())).status).toBe(200);
    clock.advance(STEP);
    // Nothing is left of the secrets it was sealed with: a recovery code still opens.
    await again(['Zz5vKe8XjW2sMq7RtZc4LpYh9UdGf3Ta']);
    expect(await second(await ticketFor(relay.owner), code())).toMatchObject({ status: 409 });
    expect((await second(await ticketFor(relay.owner), recovery[3] ?? '')).status).toBe(200);
  });
});
