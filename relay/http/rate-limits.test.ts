import { describe, expect, onTestFinished, test } from 'vitest';
import { RATES, type Rates } from '../bus/limits.ts';
import { uuidv7 } from '../client/ids.ts';
import { memoryOutbox } from '../client/memory-outbox.ts';
import type { VisitorCommand } from '../protocol/frames.ts';
import { askSession, openVisitor, signIn, until } from '../testing/clients.ts';
import { greetVisitor, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

/** A relay with these limits in place of the shipped ones; it believes what the test says of its address. */
async function relayWith(rates: Partial<Rates>): Promise<TestRelay> {
  const relay = await startTestRelay({ rates: { ...RATES, ...rates }, trustProxy: ['127.0.0.1'] });
  onTestFinished(() => relay.stop());
  return relay;
}
const from = (address: string) => ({ 'x-forwarded-for': address });

async function statusOf(answer: Response) {
  const { error } = (await answer.json()) as { error?: { code: string; retryAfterMs?: number } };
  const { headers } = answer;
  return { status: answer.status, code: error?.code, wait: error?.retryAfterMs, after: headers.get('retry-after') };
}

describe('[S8] a 429 says when to come back, and nobody else is held up', () => {
  test('sessions of one address; a /64 is one address', async () => {
    const relay = await relayWith({ session: { address: { points: 2, seconds: 60 } } });
    const ask = async (address: string) => {
      const answer = await fetch(`${relay.url}/api/visitor/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: relay.url, ...from(address) },
        body: JSON.stringify({ site: 'shop', page: { url: 'https://shop.example/', title: '', referrer: '' } }),
      });
      expect(answer.headers.get('access-control-expose-headers')).toBe('retry-after');
      return statusOf(answer);
    };
    for (const address of ['2001:db8::1', '2001:db8::2']) expect(await ask(address)).toMatchObject({ status: 200 });
    const refused = await ask('2001:db8::3');
    expect(refused).toMatchObject({ status: 429, code: 'slow-down' });
    expect(refused.wait).toBeGreaterThan(50_000);
    expect(Number(refused.after)).toBe(Math.ceil((refused.wait ?? 0) / 1_000));
    expect(await ask('2001:db8:0:1::1')).toMatchObject({ status: 200 });
  });

  test('new visitors of one address; whoever is known comes in', async () => {
    const relay = await relayWith({ visitor: { address: { points: 1, seconds: 60 } } });
    const { token = '' } = await askSession(relay);
    await expect(askSession(relay)).rejects.toThrow('429');
    expect((await askSession(relay, { token })).visitor.id).toBeTruthy();
    expect((await askSession(relay, { headers: from('198.51.100.7') })).token).toBeTruthy();
  });

  test('page views of one visitor, and of one site', async () => {
    const relay = await relayWith({ session: { visitor: { points: 2, seconds: 60 } } });
    const { token = '' } = await askSession(relay);
    for (let i = 0; i < 2; i++) await askSession(relay, { token });
    await expect(askSession(relay, { token })).rejects.toThrow('429');
    await askSession(relay);
    const small = await relayWith({ session: { site: { points: 1, seconds: 60 } } });
    await askSession(small, { headers: from('198.51.100.1') });
    await expect(askSession(small, { headers: from('198.51.100.2') })).rejects.toThrow('429');
  });

  test('upgrades of one address, before the hello, of both roles', async () => {
    const relay = await relayWith({ socket: { address: { points: 1, seconds: 60 } } });
    const cookie = await signIn(relay, relay.owner);
    const url = `${relay.url}/api/visitor/socket?site=shop`;
    (await rawSocket(url)).close();
    await expect(rawSocket(url)).rejects.toMatchObject({ status: 429, body: expect.stringContaining('retryAfterMs') });
    await expect(rawSocket(`${relay.url}/api/v1/socket`, { cookie })).rejects.toMatchObject({ status: 429 });
    (await rawSocket(url, from('198.51.100.7'))).close();
  });

  test('searches, pictures and history', async () => {
    const once = { address: { points: 1, seconds: 60 } };
    const relay = await relayWith({ search: once, file: once, history: { visitor: { points: 1, seconds: 60 } } });
    const reply = await askSession(relay);
    const authorization = `Bearer ${reply.token}`;
    for (const [path, first] of [
      ['/api/visitor/articles?site=shop&q=tea', 200],
      [`/api/visitor/files/shop/${'f'.repeat(64)}`, 404],
      [`/api/visitor/conversations/${reply.conversation.id}/events?site=shop`, 200],
    ] as const) {
      const ask = () => fetch(relay.url + path, { headers: { authorization } });
      expect((await ask()).status, path).toBe(first);
      expect(await statusOf(await ask()), path).toMatchObject({ status: 429, code: 'slow-down' });
    }
  });

  test('what an operator asks of the API', async () => {
    const relay = await relayWith({ operator: { operator: { points: 3, seconds: 60 } } });
    const cookie = await signIn(relay, relay.owner);
    const ask = () => fetch(`${relay.url}/api/v1/sites/shop/conversations?view=all`, { headers: { cookie } });
    for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(200);
    expect(await statusOf(await ask())).toMatchObject({ status: 429, code: 'slow-down' });
    expect((await fetch(`${relay.url}/api/v1/me`)).status).toBe(401);
  });
});

describe('[S8] [CM6] commands over the limit stay in the outbox', () => {
  test.each(['socket', 'sse'] as const)(
    'over %s the shipped client waits, and nothing is lost or doubled',
    async (transport) => {
      const relay = await relayWith({ command: { visitor: { points: 5, seconds: 1 } } });
      const { session, chat } = await openVisitor(relay, { transport, store: memoryOutbox<VisitorCommand>() });
      const waits: number[] = [];
      const verdicts: string[] = [];
      session.on('pending', (pending) => waits.push(pending.length));
      session.on('verdict', ({ verdict }) => verdicts.push(verdict.type));
      const texts = Array.from({ length: 18 }, (_, i) => `message ${i}`);
      for (const text of texts) await session.command({ type: 'message:send', conversation: chat, text });
      await until(() => verdicts.length === texts.length, 'all verdicts');
      expect(Math.max(...waits)).toBeGreaterThan(5);
      expect(new Set(verdicts)).toEqual(new Set(['ack']));
      const { read, t } = relay.store;
      const rows = await read.select().from(t.events).orderBy(t.events.seq);
      expect(rows.map(({ body }) => (body as { text: string }).text)).toEqual(texts);
      session.destroy();
    },
  );

  test('retry names the number and the time; a form counts as one of both', async () => {
    const relay = await relayWith({ form: { visitor: { points: 1, seconds: 60 } } });
    const { socket, chat } = await greetVisitor(relay);
    const form = (n: number) => ({
      ...{ type: 'form:submit', id: uuidv7(), n, locale: 'en', email: 'ann@example.com', fields: {} },
      ...{ name: '', subject: '', message: 'Hello', page: { url: '', title: '', referrer: '' } },
    });
    for (const n of [1, 2]) socket.send(form(n));
    const retry = await socket.heard('retry', ({ n }) => n === 2);
    expect(retry).toMatchObject({ code: 'slow-down', next: 2 });
    expect(retry.retryAfterMs).toBeGreaterThan(50_000);
    socket.send({ type: 'message:send', id: uuidv7(), n: 2, conversation: chat, text: 'goes on' });
    await socket.heard('ack', ({ n }) => n === 2);
    socket.close();
  });

  test('a form is not overtaken by the message behind it, though it is counted twice', async () => {
    const relay = await relayWith({});
    const { token = '', conversation } = await askSession(relay);
    const common = { locale: 'en', name: '', subject: '', message: 'Hi', fields: {}, email: 'ann@example.com' };
    const frames = [
      { type: 'form:submit', id: uuidv7(), n: 1, ...common, page: { url: '', title: '', referrer: '' } },
      { type: 'message:send', id: uuidv7(), n: 2, conversation: conversation.id, text: 'one' },
    ];
    const answer = await fetch(`${relay.url}/api/visitor/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ hello: visitorHello('', { token: undefined }), frames }),
    });
    expect(await answer.json()).toMatchObject({
      frames: [
        { type: 'ack', n: 1 },
        { type: 'ack', n: 2 },
      ],
    });
  });
});

test('[S8] signs over the limit are dropped and said so; the line lives on', async () => {
  const relay = await relayWith({ sign: { visitor: { points: 2, seconds: 60 } } });
  const { socket, chat } = await greetVisitor(relay);
  for (let i = 0; i < 4; i++) socket.send({ type: 'typing', conversation: chat, on: true });
  await socket.heard('error', ({ code }) => code === 'slow-down');
  socket.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: chat, text: 'still here' });
  await socket.heard('ack');
  socket.close();
});

test('[S8] who asks for too many replays is asked back later, and resumes then', async () => {
  const relay = await relayWith({ replay: { visitor: { points: 2, seconds: 60 } } });
  const { socket, chat, token } = await greetVisitor(relay);
  const follow = { type: 'follow', conversations: [{ conversation: chat, seq: 0 }] };
  for (let i = 0; i < 3; i++) socket.send(follow);
  expect((await socket.heard('goodbye')).retryAfterMs).toBeGreaterThan(50_000);
  expect(await socket.closed()).toBe(4010);
  const again = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  again.send(visitorHello(token, { resume: [{ conversation: chat, seq: 0 }] }));
  expect((await again.heard('goodbye')).retryAfterMs).toBeGreaterThan(40_000);
  expect(await again.closed()).toBe(4010);
});

test('[S8] with the shipped limits 200 visitors of one address browse, search and write at once', async () => {
  const relay = await relayWith({});
  const visitors = await Promise.all(Array.from({ length: 200 }, () => askSession(relay)));
  for (let round = 0; round < 2; round++)
    await Promise.all(
      visitors.map(async ({ token = '' }) => {
        await askSession(relay, { token });
        expect((await fetch(`${relay.url}/api/visitor/articles?site=shop&q=tea`)).status).toBe(200);
      }),
    );
  const { socket, chat } = await greetVisitor(relay);
  for (let n = 1; n <= 120; n++) socket.send({ type: 'message:send', id: uuidv7(), n, conversation: chat, text: 'x' });
  await socket.heard('ack', ({ n }) => n === 120);
  expect(socket.frames.filter(({ type }) => type === 'retry')).toEqual([]);
  socket.close();
}, 60_000);
