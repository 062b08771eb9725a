import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { until } from '../testing/clients.ts';
import { greetVisitor, rawSocket } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { sparingly } from './sparingly.ts';

const lines: string[] = [];
/** Lines of the log with this message, as objects. */
const said = (msg: string) =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.msg === msg);

let relay: TestRelay;
let direct: TestRelay;
beforeAll(async () => {
  relay = await startTestRelay({ trustProxy: ['127.0.0.1'], onLog: (line) => lines.push(line) });
  direct = await startTestRelay({ onLog: () => {} });
});
afterAll(async () => {
  await relay.stop();
  await direct.stop();
});

describe('[S16] the log', () => {
  test('has a line for each command, with ids and the verdict and without what was written', async () => {
    const { socket, chat, token } = await greetVisitor(relay);
    onTestFinished(() => socket.close());
    const id = '01a201a0-fb1d-7000-bf7b-46eaa1e112a2';
    socket.send({ type: 'message:send', id, n: 1, conversation: chat, text: 'my card is 4242 4242' });
    await socket.heard('ack');
    socket.send({ type: 'message:send', id: id.replace('a2', 'a3'), n: 2, conversation: chat, text: '   ' });
    await socket.heard('reject');
    expect(said('command')).toMatchObject([
      { level: 20, role: 'visitor', conversation: chat, command: id, n: 1, verdict: 'ack' },
      { level: 20, role: 'visitor', command: id.replace('a2', 'a3'), n: 2, verdict: 'reject', code: 'empty' },
    ]);
    expect(lines.join('')).not.toMatch(/4242/);
    expect(lines.join('')).not.toContain(token);
    expect(lines.join('')).not.toContain('127.0.0.1');
  });

  test('has the id that a trusted proxy gave to a request, and one of its own for others', async () => {
    const given = '8f14e45fceea167a5a36dedd4bea2543';
    const ask = (to: TestRelay, id: string) => fetch(`${to.url}/healthz?q=hidden`, { headers: { 'x-request-id': id } });
    expect((await ask(relay, given)).headers.get('x-request-id')).toBe(given);
    expect(said('request').at(-1)).toMatchObject({ requestId: given, method: 'GET', path: '/healthz', status: 200 });
    expect(lines.join('')).not.toContain('hidden');
    for (const id of ['short', 'with spaces in it', `${'x'.repeat(65)}`, '{"level":60}'])
      expect((await ask(relay, id)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ask(direct, given)).headers.get('x-request-id')).not.toBe(given);
  });

  test('warns of a page whose origin is not allowed', async () => {
    const origin = 'https://elsewhere.example';
    await rawSocket(`${relay.url}/api/visitor/socket?site=shop`, { origin }).catch(() => {});
    await until(() => said('a page of an origin that the site does not allow').length > 0, 'the warning');
    expect(said('a page of an origin that the site does not allow')).toMatchObject([
      { level: 40, origin, site: relay.site.id },
    ]);
  });
});

test('what happens often is said at once, and then with its count', () => {
  let now = 0;
  const heard: { unsaid?: number }[] = [];
  const say = sparingly(
    (more) => heard.push(more),
    () => now,
  );
  for (const at of [0, 1, 5_000, 9_999, 10_000, 10_001, 40_000, 60_000]) {
    now = at;
    say();
  }
  expect(heard).toEqual([{}, { unsaid: 3 }, { unsaid: 1 }, {}]);
});
