import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { LIMITS } from '../protocol/limits.ts';
import { askSession, signIn, until } from '../testing/clients.ts';
import { greetOperator, greetVisitor, operatorHello, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { expectWholeStore } from '../testing/whole-store.ts';

let relay: TestRelay;
let cookie: string;
let token: string;
beforeAll(async () => {
  relay = await startTestRelay({ origins: ['https://shop.example'] });
  cookie = await signIn(relay, relay.owner);
  token = (await askSession(relay)).token ?? '';
});
afterEach(() => expectWholeStore(relay.store));
afterAll(() => relay.stop());

const roles = [
  {
    role: 'visitor',
    open: (headers = {}) => rawSocket(`${relay.url}/api/visitor/socket?site=shop`, headers),
    hello: (changes = {}) => visitorHello(token, changes),
    wrongSign: { type: 'status', status: 'away' },
  },
  {
    role: 'operator',
    open: (headers = {}) => rawSocket(`${relay.url}/api/v1/socket`, { cookie, ...headers }),
    hello: (changes = {}) => operatorHello(changes),
    wrongSign: { type: 'page', page: { url: '', title: '', referrer: '' } },
  },
];

describe.each(roles)('a $role’s socket', ({ open, hello, wrongSign }) => {
  const greet = async () => {
    const socket = await open();
    socket.send(hello());
    await socket.heard('welcome');
    return socket;
  };

  test.each<[string, string | Buffer, string]>([
    ['nothing', '', 'bad-frame'],
    ['no JSON', '{"type":', 'bad-frame'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'bad-frame'],
    ['a number', '7', 'unknown-frame'],
    ['a null', 'null', 'unknown-frame'],
    ['a list', '[{"type":"pong"}]', 'unknown-frame'],
    ['an unknown type', '{"type":"message:burn"}', 'unknown-frame'],
    ['a type that is an object', '{"type":{"toString":1}}', 'unknown-frame'],
    ['a type of every object', '{"type":"__proto__"}', 'unknown-frame'],
    ['a relay’s frame', '{"type":"ack"}', 'unknown-frame'],
    ['a sign of another shape', '{"type":"typing","conversation":1,"on":"yes"}', 'bad-frame'],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'unknown-frame'],
  ])('[FR1] is told of %s, and lives on', async (_, raw, code) => {
    const socket = await greet();
    socket.sendRaw(raw);
    expect(await socket.heard('error')).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
    socket.send({ type: 'pong' });
    socket.send(wrongSign);
    await socket.heard('error', (frame) => frame.code === 'unknown-frame');
    expect(socket.code).toBeNull();
    socket.close();
  });

  test('[HS1] says hello first, and once', async () => {
    const socket = await open();
    socket.send({ type: 'pong' });
    socket.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: uuidv7(), text: 'early' });
    await socket.heard('error', ({ code }) => code === 'hello-first');
    socket.send(hello());
    await socket.heard('welcome');
    socket.send(hello());
    await socket.heard('error', ({ code }) => code === 'bad-frame');
    expect(socket.frames.filter(({ type }) => type === 'welcome')).toHaveLength(1);
    expect(socket.code).toBeNull();
    socket.close();
  });

  test('[HS1] is closed with 4005 when no hello comes', async () => {
    const socket = await open();
    const since = Date.now();
    expect(await socket.closed(LIMITS.helloMs + 3_000)).toBe(4005);
    expect(Date.now() - since).toBeGreaterThan(LIMITS.helloMs - 500);
  });

  test.each([
    [{ protocol: 99 }, 4002],
    [{ protocol: 0 }, 4002],
    [{ site: 'elsewhere' }, 4004],
  ])('[HS3] a hello with %o ends with %d', async (changes, code) => {
    const socket = await open();
    socket.send(hello(changes));
    await socket.heard('error');
    expect(await socket.closed()).toBe(code);
  });

  test('[FR1] twenty bad frames end it with 4000', async () => {
    const socket = await greet();
    for (let i = 0; i < 19; i++) socket.sendRaw('{');
    await socket.heard('error');
    expect(socket.code).toBeNull();
    socket.sendRaw('{');
    expect(await socket.closed()).toBe(4000);
    expect(socket.frames.filter(({ type }) => type === 'error')).toHaveLength(20);
  });

  test.each([LIMITS.frameBytes + 1, LIMITS.frameBytes * 8])('[FR3] a frame of %d bytes ends it', async (bytes) => {
    const socket = await greet();
    const empty = JSON.stringify({ type: 'message:send', text: '' }).length;
    socket.send({ type: 'message:send', text: 'x'.repeat(bytes - empty) });
    expect(await socket.closed()).toBe(bytes > LIMITS.frameBytes * 4 ? 1009 : 4009);
  });

  test('[HS2] a page of a foreign origin gets no socket', async () => {
    await expect(open({ origin: 'https://elsewhere.example' })).rejects.toMatchObject({ status: 403 });
    await expect(open({ origin: 'null' })).rejects.toMatchObject({ status: 403 });
  });
});

test('[HS2] who has no right to a socket gets none', async () => {
  await expect(rawSocket(`${relay.url}/api/v1/socket`)).rejects.toMatchObject({ status: 401 });
  const forged = { cookie: cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) };
  await expect(rawSocket(`${relay.url}/api/v1/socket`, forged)).rejects.toMatchObject({ status: 401 });
  for (const query of ['', '?site=', '?site=elsewhere', '?site=shop%00'])
    await expect(rawSocket(`${relay.url}/api/visitor/socket${query}`)).rejects.toMatchObject({ status: 404 });
  await expect(rawSocket(`${relay.url}/api/elsewhere`)).rejects.toMatchObject({ status: 404 });
});

test('[HS3] a token that is not one ends with 4001', async () => {
  for (const wrong of ['', 'x'.repeat(43), `${token}x`, token.slice(1)]) {
    const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
    socket.send(visitorHello(wrong));
    expect(await socket.heard('error')).toMatchObject({ code: 'unauthorised' });
    expect(await socket.closed()).toBe(4001);
  }
});

describe('commands', () => {
  const message = (n: number, conversation: string, text: string, id = uuidv7()) =>
    ({ type: 'message:send', id, n, conversation, text }) as const;

  test.each<[string, object, string]>([
    ['a text too long', { text: 'x'.repeat(LIMITS.messageChars + 1) }, 'too-long'],
    ['an empty text', { text: ' \n\t ' }, 'empty'],
    ['no text', { text: undefined }, 'bad-frame'],
    ['a text that is a list', { text: ['x'] }, 'bad-frame'],
    ['a conversation that is no id', { conversation: "' or 1=1 --" }, 'bad-frame'],
    ['a trigger that is no id', { trigger: 'x' }, 'bad-frame'],
  ])('[FR2] [CM5] %s is refused with its number, and the next one goes on', async (_, changes, code) => {
    const { socket, chat } = await greetVisitor(relay);
    const first = { ...message(1, chat, 'x'), ...changes };
    socket.send(first);
    socket.send(message(2, chat, 'the next'));
    expect(await socket.heard('reject')).toMatchObject({ id: first.id, n: 1, code });
    expect(await socket.heard('ack')).toMatchObject({ n: 2, seq: 1 });
    socket.send(first);
    await socket.heard('reject', () => socket.frames.filter(({ type }) => type === 'reject').length === 2);
    socket.close();
  });

  test('[CM3] [CM4] [CM2] repeated ids and numbers out of order change nothing', async () => {
    const { socket, chat } = await greetVisitor(relay);
    const [one, two, four] = [message(1, chat, 'one'), message(2, chat, 'two'), message(4, chat, 'four')];
    socket.send(four);
    expect(await socket.heard('retry')).toMatchObject({ n: 4, next: 1, code: 'out-of-order' });
    for (const frame of [one, one, two, one, two]) socket.send(frame);
    await socket.heard('ack', () => socket.frames.filter(({ type }) => type === 'ack').length === 5);
    expect(socket.frames.flatMap((frame) => (frame.type === 'ack' && frame.id === one.id ? [frame.seq] : []))).toEqual([
      1, 1, 1,
    ]);
    socket.send(message(3, chat, 'other words', one.id));
    expect(await socket.heard('reject')).toMatchObject({ id: one.id, n: 3, code: 'id-reused' });
    socket.send(four);
    expect(await socket.heard('ack', ({ n }) => n === 4)).toMatchObject({ seq: 3 });
    for (const n of [0, -1, 1.5, 2 ** 60, '5', null]) socket.send({ ...message(1, chat, 'x'), n });
    await socket.heard('error', () => socket.frames.filter(({ type }) => type === 'error').length === 6);
    socket.close();
  });

  test.each(['one by one', 'in one batch'])(
    '[CM4] [CM5] an id has one verdict, whether it was an event or a refusal (%s)',
    async (how) => {
      const { socket, chat } = await greetVisitor(relay);
      const verdict = (n: number) =>
        until(() => socket.frames.find((frame) => 'n' in frame && frame.n === n), `a verdict on ${n}`);
      const [said, empty] = [message(1, chat, 'said'), message(2, chat, '   ')];
      const frames = [said, empty, message(3, chat, '  ', said.id), message(4, chat, 'now in words', empty.id)];
      for (const frame of frames) {
        socket.send(frame);
        if (how === 'one by one') await verdict(frame.n);
      }
      expect(await verdict(1)).toMatchObject({ type: 'ack', seq: 1 });
      expect(await verdict(2)).toMatchObject({ type: 'reject', code: 'empty' });
      expect(await verdict(3)).toMatchObject({ type: 'reject', code: 'id-reused' });
      expect(await verdict(4)).toMatchObject({ type: 'reject', code: 'id-reused' });
      socket.send(message(5, chat, 'and on'));
      expect(await verdict(5)).toMatchObject({ type: 'ack', seq: 2 });
      await expectWholeStore(relay.store);
      socket.close();
    },
  );

  test('[CM6] a flood is told to slow down, and nothing of it is lost', async () => {
    const { socket, chat } = await greetVisitor(relay);
    const flood = Array.from({ length: 400 }, (_, i) => message(i + 1, chat, `flood ${i}`));
    const settled = new Set<string>();
    const open = () => flood.filter(({ id }) => !settled.has(id));
    for (let round = 0; open().length > 0 && round < 20; round++) {
      const sent = open();
      const from = socket.frames.length;
      for (const frame of sent) socket.send(frame);
      await until(() => {
        const answers = socket.frames.slice(from).filter(({ type }) => type === 'ack' || type === 'retry');
        return answers.length >= sent.length;
      }, 'an answer to each');
      for (const frame of socket.frames.slice(from)) {
        if (frame.type === 'ack') settled.add(frame.id);
        else if (frame.type === 'retry') expect(['slow-down', 'out-of-order']).toContain(frame.code);
      }
    }
    expect(open()).toEqual([]);
    const slowed = socket.frames.filter((frame) => frame.type === 'retry' && frame.code === 'slow-down');
    expect(slowed.length).toBeGreaterThan(0);
    const acks = socket.frames.flatMap((frame) => (frame.type === 'ack' ? [[frame.n, frame.seq]] : []));
    for (const [n, seq] of acks) expect(seq).toBe(n);
    socket.close();
  });

  test('[OB3] more commands than may wait before the welcome are not lost either', async () => {
    const reply = await askSession(relay);
    const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
    socket.send(visitorHello(reply.token ?? ''));
    const early = Array.from({ length: 20 }, (_, i) => message(i + 1, reply.conversation.id, `early ${i}`));
    for (const frame of early) socket.send(frame);
    await socket.heard('ack', ({ n }) => n === 20);
    socket.close();
  });

  test('[S4] in a conversation of another visitor a command finds nothing and leaves nothing', async () => {
    const owner = await greetVisitor(relay);
    owner.socket.send(message(1, owner.chat, 'private'));
    await owner.socket.heard('ack');
    const unwritten = await greetVisitor(relay);
    const { socket, chat } = await greetVisitor(relay);
    const { read, t } = relay.store;
    const before = await read.select().from(t.events);
    for (const [i, conversation] of [owner.chat, unwritten.chat, uuidv7()].entries()) {
      socket.send(message(i + 1, conversation, 'let me in'));
      expect(await socket.heard('reject', ({ n }) => n === i + 1)).toMatchObject({ code: 'not-found' });
      socket.send({ type: 'follow', conversations: [{ conversation, seq: 0 }] });
      await socket.heard(
        'error',
        ({ code }) => code === 'not-found' && socket.frames.filter(({ type }) => type === 'error').length === i + 1,
      );
      socket.send({ type: 'mark', conversation, delivered: 1, read: 1 });
      socket.send({ type: 'typing', conversation, on: true });
    }
    expect(socket.frames.filter(({ type }) => type === 'replay' || type === 'event')).toEqual([]);
    expect(await read.select().from(t.events)).toEqual(before);
    socket.send(message(4, chat, 'mine'));
    expect(await socket.heard('ack')).toMatchObject({ n: 4, seq: 1 });
    expect(owner.socket.frames.filter(({ type }) => type === 'typing' || type === 'mark')).toEqual([]);
    for (const one of [socket, owner.socket, unwritten.socket]) one.close();
  });

  test('a command of an operator’s that no operator has is refused by its type', async () => {
    const operator = await greetOperator(relay, cookie);
    operator.send({ type: 'form:submit', id: uuidv7(), n: 1 });
    await operator.heard('error', ({ code }) => code === 'unknown-frame');
    const visitor = await greetVisitor(relay);
    visitor.socket.send({ type: 'conversation:take', id: uuidv7(), n: 1, conversation: visitor.chat });
    await visitor.socket.heard('error', ({ code }) => code === 'unknown-frame');
    operator.close();
    visitor.socket.close();
  });
});
