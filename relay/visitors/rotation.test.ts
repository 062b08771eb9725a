import { afterAll, beforeAll, expect, test } from 'vitest';
import { askSession, openVisitor, until } from '../testing/clients.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

const DAY = 86_400_000;
let relay: TestRelay;
let clock: TestClock;
beforeAll(async () => {
  clock = testClock();
  relay = await startTestRelay({ clock });
});
afterAll(() => relay.stop());

/** Says hello with a token; gives the close code, or null for a welcome. */
async function hello(token: string): Promise<number | null> {
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  socket.send(visitorHello(token));
  await until(() => socket.code !== null || socket.frames.some(({ type }) => type === 'welcome'), 'an answer');
  const { code } = socket;
  socket.close();
  return code;
}
const isUsed = (visitorId: string) =>
  until(async () => {
    const { read, t } = relay.store;
    const rows = await read.select().from(t.visitorTokens);
    return rows.some((row) => row.visitorId === visitorId && row.kind === 'old');
  }, 'the next token to be taken up');

test('[S2] a token is followed by another after 30 days, and is good until that one was shown', async () => {
  const first = await askSession(relay);
  const old = first.token ?? '';
  clock.advance(29 * DAY);
  expect((await askSession(relay, { token: old })).token).toBeUndefined();
  clock.advance(DAY);
  const second = await askSession(relay, { token: old });
  expect(second.visitor.id).toBe(first.visitor.id);
  expect(second.token).toMatch(/^[\w-]{43}$/);
  expect(second.token).not.toBe(old);
  // The answer may never have arrived: the old one goes on, and is followed by the same again.
  clock.advance(40 * DAY);
  const third = await askSession(relay, { token: old });
  expect([third.visitor.id, third.token]).toEqual([first.visitor.id, second.token]);
  expect(await hello(old)).toBeNull();
  expect(await hello(third.token ?? '')).toBeNull();
  await isUsed(first.visitor.id);
  const later = await askSession(relay, { token: third.token ?? '' });
  expect([later.visitor.id, later.token]).toEqual([first.visitor.id, undefined]);
});

test('[S2] several tabs with the old token get the same next one, and none is shut out for a day', async () => {
  const { token = '', visitor } = await askSession(relay);
  clock.advance(31 * DAY);
  const [one, two] = await Promise.all([askSession(relay, { token }), askSession(relay, { token })]);
  expect(one.token).toBeTruthy();
  expect(two.token).toBe(one.token);
  const next = one.token ?? '';
  expect(await hello(next)).toBeNull();
  await isUsed(visitor.id);
  expect(await hello(token)).toBeNull();
  expect(await askSession(relay, { token })).toMatchObject({ visitor: { id: visitor.id }, token: next });
  clock.advance(DAY + 1);
  expect(await hello(token)).toBe(4001);
  expect((await askSession(relay, { token })).visitor.id).not.toBe(visitor.id);
  expect((await askSession(relay, { token: next })).visitor.id).toBe(visitor.id);
});

test('[S2] an outbox goes on over the change: ids are of the visitor, not of the token', async () => {
  const before = await openVisitor(relay);
  await before.session.command({ type: 'message:send', conversation: before.chat, text: 'before' });
  await until(() => before.session.outbox.pending.length === 0, 'the verdict');
  before.session.destroy();
  clock.advance(31 * DAY);
  const after = await openVisitor(relay, { token: before.token });
  expect(after.token).not.toBe(before.token);
  expect(after.chat).toBe(before.chat);
  await after.session.command({ type: 'message:send', conversation: after.chat, text: 'after' });
  await until(() => after.session.outbox.pending.length === 0, 'the verdict');
  after.session.destroy();
});

test('[S2] the store keeps hashes alone, and a next token is of one site', async () => {
  const { token = '' } = await askSession(relay);
  clock.advance(31 * DAY);
  const next = (await askSession(relay, { token })).token ?? '';
  const { read, t } = relay.store;
  const kept = JSON.stringify([await read.select().from(t.visitors), await read.select().from(t.visitorTokens)]);
  for (const secret of [token, next]) expect(kept).not.toContain(secret);
  const socket = await fetch(`${relay.url}/api/visitor/session?token=${next}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
    body: JSON.stringify({ site: 'shop', page: { url: '', title: '', referrer: '' } }),
  });
  // In an address a token proves nothing.
  expect(((await socket.json()) as { token?: string }).token).toBeTruthy();
});
