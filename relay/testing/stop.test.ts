import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { openStore } from '../store/index.ts';
import { freePort } from './browser/relay-process.ts';
import { buildForTests } from './built.ts';
import { askSession, openVisitor, until } from './clients.ts';
import { greetVisitor, rawSocket } from './raw-socket.ts';
import { startTestRelay } from './relay.ts';
import { runProcess, runRelay } from './shipped-relay.ts';
import { tempDir } from './temp-dir.ts';

const root = join(import.meta.dirname, '../..');

beforeAll(buildForTests, 120_000);

test('[HS7] while it goes down, it gives the verdicts it owes and asks everybody else to come back', async () => {
  const relay = await startTestRelay();
  onTestFinished(() => relay.stop());
  const { socket, chat } = await greetVisitor(relay);
  const idle = await greetVisitor(relay);
  let release = () => {};
  const held = relay.store.tx(() => new Promise<void>((resolve) => (release = resolve)));
  const id = uuidv7();
  socket.send({ type: 'message:send', id, n: 1, conversation: chat, text: 'on the way' });
  // The answer to the second frame shows that the first one was taken.
  socket.sendRaw('no frame');
  await socket.heard('error');
  const drained = relay.relay.drain();

  expect(await idle.socket.closed()).toBe(4007);
  expect(await socket.heard('goodbye')).toMatchObject({ retryAfterMs: expect.any(Number) });
  const ready = await fetch(`${relay.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ status: 'not ready', reason: 'The relay is going down.' });
  const late = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  expect(await late.heard('goodbye')).toMatchObject({ retryAfterMs: expect.any(Number) });
  expect(await late.closed()).toBe(4007);
  const session = await fetch(`${relay.url}/api/visitor/session`, { method: 'POST', body: '{}' });
  expect(session.status).toBe(503);
  expect(session.headers.get('retry-after')).toBe('2');
  expect(await session.json()).toMatchObject({ error: { code: 'going-down', retryAfterMs: 2_000 } });
  // What comes after the goodbye is not taken: it waits at the client for the relay that comes next.
  socket.send({ type: 'message:send', id: uuidv7(), n: 2, conversation: chat, text: 'too late' });
  expect(socket.code).toBeNull();

  release();
  await held;
  await drained;
  expect(await socket.closed()).toBe(4007);
  expect(socket.frames.filter(({ type }) => type === 'ack')).toMatchObject([{ id, n: 1 }]);
  const texts = (await relay.store.read.select().from(relay.store.t.events)).map(({ body }) => body);
  expect(texts).toHaveLength(1);
});

test('no socket waits for ever for a verdict that does not come', async () => {
  const relay = await startTestRelay();
  onTestFinished(() => relay.stop());
  const { socket, chat } = await greetVisitor(relay);
  let release = () => {};
  const held = relay.store.tx(() => new Promise<void>((resolve) => (release = resolve)));
  socket.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: chat, text: 'on the way' });
  socket.sendRaw('no frame');
  await socket.heard('error');
  const drained = relay.relay.drain();
  expect(await socket.closed(10_000)).toBe(4007);
  expect(socket.frames.map(({ type }) => type)).not.toContain('ack');
  await drained;
  release();
  await held;
});

describe('the shipped relay', () => {
  test('what visitors write over a stop and a start is there once and in order', async () => {
    const port = await freePort();
    const dataDir = tempDir();
    const env = { PORT: String(port), DATA_DIR: dataDir };
    const first = runRelay(env);
    await first.ready(port);
    const target = { url: `http://127.0.0.1:${port}`, site: { key: 'demo' } };
    const visitors = await Promise.all(
      [0, 1, 2, 3, 4].map((no) => openVisitor(target, no > 2 ? { transport: 'sse' } : {})),
    );
    onTestFinished(() => {
      for (const { session } of visitors) session.destroy();
    });
    const acked = new Set<string>();
    for (const { session } of visitors)
      session.on('verdict', ({ command, verdict }) => {
        if (verdict.type === 'ack') acked.add(command.id);
      });
    let writing = true;
    const written = visitors.map(() => 0);
    const write = visitors.map(async ({ session, chat }, who) => {
      while (writing) {
        await session.command({ type: 'message:send', conversation: chat, text: `${who}:${written[who]}` });
        written[who] = (written[who] ?? 0) + 1;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    });
    await until(() => acked.size > 100, 'a hundred verdicts');
    first.stop();
    expect(await first.ended()).toBe(0);
    expect(first.said.stderr).toBe('');
    const second = runRelay(env);
    await second.ready(port);
    await until(() => visitors.every(({ session }) => session.state === 'online'), 'everybody to be back');
    writing = false;
    await Promise.all(write);
    const total = written.reduce((sum, count) => sum + count, 0);
    await until(() => acked.size === total, 'every verdict');
    second.stop();
    expect(await second.ended()).toBe(0);

    const store = await openStore({ dataDir });
    onTestFinished(() => store.close());
    const events = await store.read.select().from(store.t.events);
    for (const [who, { chat }] of visitors.entries()) {
      const log = events.filter(({ conversationId }) => conversationId === chat).sort((a, b) => a.seq - b.seq);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, place) => place + 1));
      const texts = log.map(({ body }) => (body as { text: string }).text);
      expect(texts).toEqual(Array.from({ length: written[who] ?? 0 }, (_, no) => `${who}:${no}`));
    }
  });

  /** A socket that was upgraded and then neither reads nor answers. */
  const deaf = async (port: number) => {
    const { token } = await askSession({ url: `http://127.0.0.1:${port}`, site: { key: 'demo' } });
    expect(token).toBeTruthy();
    const line = connect(port, '127.0.0.1');
    onTestFinished(() => void line.destroy());
    line.on('error', () => {});
    line.write(
      `GET /api/visitor/socket?site=demo HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    await new Promise((resolve) => line.once('data', resolve));
    line.pause();
  };

  test('ends although a client does not answer', async () => {
    const port = await freePort();
    const relay = runRelay({ PORT: String(port), DATA_DIR: tempDir() });
    await relay.ready(port);
    await deaf(port);
    relay.stop();
    expect(await relay.ended()).toBe(0);
  });

  test('ends at once when it is asked twice; signals that come together are one', async () => {
    const port = await freePort();
    const relay = runRelay({ PORT: String(port), DATA_DIR: tempDir(), LOG_LEVEL: 'info' });
    await relay.ready(port);
    await deaf(port);
    relay.signal('SIGINT');
    relay.signal('SIGTERM');
    await until(() => relay.said.stdout.includes('going down'), 'the stop to begin');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
    relay.signal('SIGTERM');
    expect(await relay.ended()).toBe(1);
  });

  test.runIf(process.platform !== 'win32')('ends when the npm that started it is told to', async () => {
    const port = await freePort();
    const npm = runProcess('npm', ['start'], { PORT: String(port), DATA_DIR: tempDir(), LOG_LEVEL: 'info' }, root);
    await npm.ready(port);
    const target = { url: `http://127.0.0.1:${port}`, site: { key: 'demo' } };
    const { token } = await askSession(target);
    const socket = await rawSocket(`${target.url}/api/visitor/socket?site=demo`);
    expect(token).toBeTruthy();
    npm.stop();
    await socket.heard('goodbye');
    expect(await socket.closed()).toBe(4007);
    await until(
      () =>
        fetch(`${target.url}/healthz`).then(
          () => false,
          () => true,
        ),
      'the port to be free',
    );
    await npm.ended();
  });
});
