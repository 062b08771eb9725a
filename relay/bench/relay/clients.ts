import { randomUUIDv7 } from 'node:crypto';
import { request } from 'node:http';
import { LIMITS } from '../../protocol/limits.ts';
import { PROTOCOL } from '../../protocol/version.ts';
import { USER_AGENT } from '../../testing/clients.ts';
import { type LeanSocket, leanSocket } from './lean-socket.ts';

/** Where the relay under measurement is, and who may sign in. */
export interface Target {
  port: number;
  site: string;
  owner: { email: string; password: string };
}

/** The n-th client comes from an address of its own, as visitors do. */
export const addressOf = (n: number): string => `127.0.${1 + Math.floor(n / 250)}.${1 + (n % 250)}`;

function post(target: Target, path: string, body: unknown, from: string) {
  return new Promise<{ body: string; cookie: string }>((resolve, reject) => {
    const asking = request(
      {
        // Not kept open: each address would keep one, and descriptors are what the crowd needs.
        ...{ host: '127.0.0.1', port: target.port, path, method: 'POST', localAddress: from, agent: false },
        headers: { 'content-type': 'application/json', 'user-agent': USER_AGENT },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode} ${text}`));
          else resolve({ body: text, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' });
        });
      },
    );
    asking.on('error', reject);
    asking.end(JSON.stringify(body));
  });
}

/** A visitor whose page load the relay knows. */
export interface KnownVisitor {
  token: string;
  chat: string;
  from: string;
}

/** What a page load begins with. */
export async function makeVisitor(target: Target, n: number): Promise<KnownVisitor> {
  const from = addressOf(n);
  const page = { url: 'https://shop.example/', title: 'Shop', referrer: '' };
  const answer = await post(target, '/api/visitor/session', { site: target.site, page, locale: 'en' }, from);
  const reply = JSON.parse(answer.body) as { token: string; conversation: { id: string } };
  return { token: reply.token, chat: reply.conversation.id, from };
}

/** Runs `make` for 0 … count − 1, `width` at a time. */
export async function many<T>(count: number, width: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const n = next++;
      made[n] = await make(n);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
  return made;
}

const isType = (payload: Buffer, word: string) => payload.toString('latin1', 9, 9 + word.length) === word;

/** What came over a socket, told apart by its first bytes alone. */
export interface Heard {
  ack?(payload: Buffer): void;
  event?(payload: Buffer): void;
  any?(payload: Buffer): void;
  closed?(code: number): void;
}

async function greeted(
  open: (onText: (payload: Buffer) => void, onClose: (code: number) => void) => Promise<LeanSocket>,
  hello: unknown,
  heard: Heard,
): Promise<LeanSocket> {
  let welcomed = () => {};
  let failed = (_: Error) => {};
  const welcome = new Promise<void>((resolve, reject) => {
    welcomed = resolve;
    failed = reject;
  });
  const onText = (payload: Buffer) => {
    if (isType(payload, 'ack')) return heard.ack?.(payload);
    if (isType(payload, 'event')) return heard.event?.(payload);
    if (isType(payload, 'welcome')) welcomed();
    else if (isType(payload, 'heartbeat')) socket.send('{"type":"pong"}');
    else if (isType(payload, 'retry') || isType(payload, 'reject') || isType(payload, 'error'))
      throw new Error(`The relay refused a frame: ${payload}`);
    heard.any?.(payload);
  };
  const socket = await open(onText, (code) => {
    failed(new Error(`closed with ${code} before the welcome`));
    heard.closed?.(code);
  });
  socket.send(JSON.stringify(hello));
  await welcome;
  return socket;
}

/** A visitor's socket, welcomed. */
export function visitorSocket(
  target: Target,
  visitor: KnownVisitor,
  heard: Heard,
  have: { epoch?: string; resume?: { conversation: string; seq: number }[] } = {},
): Promise<LeanSocket> {
  const { epoch = '', resume = [] } = have;
  return greeted(
    (onText, onClose) =>
      leanSocket({
        ...{ port: target.port, path: `/api/visitor/socket?site=${target.site}`, from: visitor.from, onText, onClose },
      }),
    {
      ...{ type: 'hello', role: 'visitor', protocol: PROTOCOL, site: target.site, token: visitor.token, epoch, resume },
      outbox: { id: randomUUIDv7(), next: 1 },
      page: { url: 'https://shop.example/', title: 'Shop', referrer: '' },
    },
    heard,
  );
}

/** The cookie of the owner's sign-in. */
export async function signIn(target: Target): Promise<string> {
  return (await post(target, '/api/v1/sign-in', target.owner, '127.0.0.1')).cookie;
}

/** An operator's socket that shows these conversations, welcomed. */
export async function operatorSocket(
  target: Target,
  cookie: string,
  chats: readonly string[],
  heard: Heard,
): Promise<LeanSocket> {
  const socket = await greeted(
    (onText, onClose) =>
      leanSocket({ port: target.port, path: '/api/v1/socket', headers: { cookie }, onText, onClose }),
    {
      ...{ type: 'hello', role: 'operator', protocol: PROTOCOL, site: target.site, epoch: '', resume: [] },
      outbox: { id: randomUUIDv7(), next: 1 },
    },
    heard,
  );
  const conversations = chats.slice(0, LIMITS.followed).map((conversation) => ({ conversation, seq: 0 }));
  socket.send(JSON.stringify({ type: 'follow', conversations }));
  return socket;
}

const WORDS =
  'Здравствуйте! Is the parcel 40817 on its way? Хотел бы узнать, когда привезут заказ, thank you very much.';

/** A chat message as a visitor writes it, about 250 bytes; `said` leads its text. */
export const message = (n: number, conversation: string, said = ''): string =>
  `{"type":"message:send","id":"${randomUUIDv7()}","n":${n},"conversation":"${conversation}","text":"${said}${WORDS}"}`;
