import { WebSocket } from 'ws';
import { uuidv7 } from '../client/ids.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { askSession, until } from './clients.ts';
import type { TestRelay } from './relay.ts';

/** A socket that says whatever a test wants, and keeps what it hears. */
export interface RawSocket {
  readonly frames: RelayFrame[];
  /** The close code, when it was closed. */
  readonly code: number | null;
  send(frame: unknown): void;
  sendRaw(data: string | Buffer): void;
  /** Waits for a frame that fits. */
  heard<T extends RelayFrame['type']>(
    type: T,
    fits?: (frame: Extract<RelayFrame, { type: T }>) => boolean,
  ): Promise<Extract<RelayFrame, { type: T }>>;
  closed(withinMs?: number): Promise<number>;
  close(): void;
}

/** Opens a socket; a refused upgrade is thrown as an error with its `status` and `body`. */
export function rawSocket(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
  const socket = new WebSocket(url.replace('http', 'ws'), { headers });
  const frames: RelayFrame[] = [];
  let code: number | null = null;
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as RelayFrame));
  socket.on('close', (given) => {
    code = given;
  });
  const raw: RawSocket = {
    frames,
    get code() {
      return code;
    },
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (data) => socket.send(data),
    heard: (type, fits = () => true) =>
      until(
        () =>
          frames.find(
            (frame): frame is Extract<RelayFrame, { type: typeof type }> =>
              frame.type === type && fits(frame as Extract<RelayFrame, { type: typeof type }>),
          ),
        `a frame «${type}» after ${JSON.stringify(frames.slice(-3))}`,
        5_000,
      ),
    closed: (withinMs = 5_000) => until(() => code, 'the end of the socket', withinMs),
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => resolve(raw));
    socket.on('unexpected-response', (_, answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += String(chunk);
      });
      answer.on('end', () => reject(Object.assign(new Error(body), { status: answer.statusCode, body })));
    });
  });
}

/** A visitor's hello; fields can be replaced by wrong ones. */
export const visitorHello = (token: string, changes: object = {}) => ({
  ...{ type: 'hello', role: 'visitor', protocol: PROTOCOL, site: 'shop', token, epoch: '', resume: [] },
  outbox: { id: uuidv7(), next: 1 },
  page: { url: 'https://shop.example/', title: '', referrer: '' },
  ...changes,
});

/** An operator's hello. */
export const operatorHello = (changes: object = {}) => ({
  ...{ type: 'hello', role: 'operator', protocol: PROTOCOL, site: 'shop', epoch: '', resume: [] },
  outbox: { id: uuidv7(), next: 1 },
  ...changes,
});

/** A fresh visitor with a raw socket that has said hello. */
export async function greetVisitor(relay: TestRelay): Promise<{ socket: RawSocket; token: string; chat: string }> {
  const reply = await askSession(relay);
  const token = reply.token ?? '';
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  socket.send(visitorHello(token));
  await socket.heard('welcome');
  return { socket, token, chat: reply.conversation.id };
}

/** An operator's raw socket that has said hello. */
export async function greetOperator(relay: TestRelay, cookie: string): Promise<RawSocket> {
  const socket = await rawSocket(`${relay.url}/api/v1/socket`, { cookie });
  socket.send(operatorHello());
  await socket.heard('welcome');
  return socket;
}
