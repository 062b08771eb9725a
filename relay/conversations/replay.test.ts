import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { uuidv7 } from '../client/ids.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { until } from '../testing/clients.ts';
import { greetVisitor, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

let relay: TestRelay;
beforeAll(async () => {
  relay = await startTestRelay();
});
afterAll(() => relay.stop());

/** Five times what a socket may owe. */
const MESSAGES = 300;
const LONG = 'щ'.repeat(LIMITS.messageChars);

test('[RS1] somebody who reads slowly gets all that was missed over one line, in frames of a bearable size', async () => {
  const { socket, token, chat } = await greetVisitor(relay);
  for (let n = 1; n <= MESSAGES; n++) {
    socket.send({ type: 'message:send', id: uuidv7(), n, conversation: chat, text: LONG });
    if (n % 30 === 0) await socket.heard('ack', (frame) => frame.n === n);
  }
  socket.close();

  const slow = new WebSocket(`${relay.url.replace('http', 'ws')}/api/visitor/socket?site=shop`);
  const seqs: number[] = [];
  let largest = 0;
  let done = false;
  let code: number | null = null;
  slow.on('close', (given) => {
    code = given;
  });
  slow.on('message', (data) => {
    const frame = JSON.parse(String(data)) as RelayFrame;
    if (frame.type !== 'replay') return;
    largest = Math.max(largest, (data as Buffer).length);
    seqs.push(...frame.events.map(({ seq }) => seq));
    done = !frame.more;
    // Reads nothing for a while after each page.
    slow.pause();
    setTimeout(() => slow.resume(), 15);
  });
  await new Promise((resolve) => slow.once('open', resolve));
  slow.send(JSON.stringify(visitorHello(token, { resume: [{ conversation: chat, seq: 0 }] })));
  await until(() => done || code !== null, 'the end of the replay or of the line', 20_000);
  expect(code).toBeNull();
  expect(seqs).toEqual(Array.from({ length: MESSAGES }, (_, i) => i + 1));
  expect(largest).toBeLessThan(LIMITS.owedBytes / 2);
  slow.close();
});
