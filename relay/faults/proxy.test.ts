import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { until } from '../testing/clients.ts';
import { type LineFault, type LineProxy, startProxy } from './proxy.ts';
import { halfOf, payloadOf, readFrames } from './ws-frames.ts';

/** A masked or bare text frame, made by hand. */
function frame(text: string, mask?: number[]): Buffer {
  const payload = Buffer.from(text);
  const size =
    payload.length < 126
      ? Buffer.from([payload.length])
      : Buffer.from([126, payload.length >> 8, payload.length & 255]);
  size[0] = (size[0] as number) | (mask ? 0x80 : 0);
  if (!mask) return Buffer.concat([Buffer.from([0x81]), size, payload]);
  const masked = payload.map((byte, i) => byte ^ (mask[i % 4] as number));
  return Buffer.concat([Buffer.from([0x81]), size, Buffer.from(mask), masked]);
}

test.each([
  ['short', 'hello', undefined],
  ['masked', 'hello', [1, 2, 3, 4]],
  ['of two bytes of length', 'x'.repeat(300), undefined],
  ['masked and long', 'ж'.repeat(300), [9, 8, 7, 6]],
  ['empty', '', [1, 1, 1, 1]],
])('a %s frame is read whole, whatever pieces it comes in', (_, text, mask) => {
  const bytes = Buffer.concat([frame(text, mask), frame('next', mask)]);
  for (const cut of [0, 1, 2, 3, bytes.length - 1]) {
    const first = readFrames(bytes.subarray(0, cut));
    const second = readFrames(Buffer.concat([first.rest, bytes.subarray(cut)]));
    expect([...first.frames, ...second.frames].map((one) => String(payloadOf(one)))).toEqual([text, 'next']);
    expect(second.rest).toHaveLength(0);
  }
  const [one] = readFrames(bytes).frames;
  if (!one) throw new Error('no frame');
  const half = readFrames(halfOf(one)).frames[0];
  expect(half && payloadOf(half)).toEqual(Buffer.from(text).subarray(0, Buffer.byteLength(text) >> 1));
});

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** An echo behind the proxy, and a client in front of it that has said `a` and heard it. */
async function echo(): Promise<{ proxy: LineProxy; client: WebSocket; heard: string[]; closed: () => boolean }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  ends.push(() => server.close());
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data) => socket.send(String(data)));
  });
  const proxy = await startProxy(
    () => (server.address() as AddressInfo).port,
    () => 0.1,
  );
  ends.push(() => proxy.stop());
  const heard: string[] = [];
  const client = new WebSocket(`ws://127.0.7.7:${proxy.port}`);
  let over = false;
  client.on('error', () => {});
  client.on('close', () => {
    over = true;
  });
  client.on('message', (data) => heard.push(String(data)));
  await new Promise((resolve) => client.once('open', resolve));
  client.send('a');
  await until(() => heard.length === 1, 'the first echo');
  return { proxy, client, heard, closed: () => over };
}

test.each<[LineFault, string[]]>([
  ['drop', ['a', 'cc']],
  ['duplicate', ['a', 'bb', 'bb', 'cc']],
  ['reorder', ['a', 'cc', 'bb']],
  ['truncate', ['a', 'b', 'cc']],
  ['delay', ['a', 'bb', 'cc']],
])('%s does that to one frame and counts it', async (fault, expected) => {
  const { proxy, client, heard } = await echo();
  proxy.inject(fault);
  client.send('bb');
  client.send('cc');
  await until(() => heard.length >= expected.length, `${expected}`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual(expected);
  expect(proxy.counts).toMatchObject({ [fault]: 1 });
});

test('reset breaks the line, half-open leaves it in silence', async () => {
  const broken = await echo();
  broken.proxy.inject('reset');
  broken.client.send('bb');
  await until(broken.closed, 'the end of the line');
  const silent = await echo();
  silent.proxy.inject('half-open');
  silent.client.send('bb');
  silent.client.send('cc');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([silent.heard, silent.closed()]).toEqual([['a'], false]);
});

test('the relay sees the address that the client dialled', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((socket: Socket) => {
    seen.push(socket.remoteAddress);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const proxy = await startProxy(() => (server.address() as AddressInfo).port, Math.random);
  ends.push(() => proxy.stop());
  connect(proxy.port, '127.0.5.23').on('error', () => {});
  await until(() => seen.length === 1, 'a connection');
  expect(seen).toEqual(['127.0.5.23']);
});
