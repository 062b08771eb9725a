import { WebSocket as NodeSocket } from 'ws';
import { memoryOutbox } from '../client/memory-outbox.ts';
import type { OutboxStore } from '../client/outbox-store.ts';
import { createSession, type Session } from '../client/session.ts';
import { socketWire } from '../client/socket-wire.ts';
import { sseWire } from '../client/sse-wire.ts';
import { aloneTab } from '../client/tabs.ts';
import type { OperatorCommand, RelayFrameOf, VisitorCommand } from '../protocol/frames.ts';
import { PROTOCOL } from '../protocol/version.ts';
import type { SessionReply } from '../protocol/visitor-http.ts';
import type { TestRelay } from './relay.ts';

/** A browser's user agent, so that a client is not taken for a crawler. */
export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** A WebSocket class that sends these headers with its upgrade. */
function socketWith(headers: Record<string, string>): typeof WebSocket {
  return class extends NodeSocket {
    constructor(url: string) {
      super(url, { headers });
      // As in a browser: a failed try says so by closing, and nobody has to listen to its error.
      this.on('error', () => {});
    }
  } as unknown as typeof WebSocket;
}

type Target = Pick<TestRelay, 'url'> & { site: { key: string } };

/** What a page load asks first. */
export async function askSession(
  target: Target,
  options: { token?: string; url?: string; title?: string; headers?: Record<string, string> } = {},
): Promise<SessionReply> {
  const { token, url = 'https://shop.example/', title = 'Shop' } = options;
  const answer = await fetch(`${target.url}/api/visitor/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      ...(token && { authorization: `Bearer ${token}` }),
      ...options.headers,
    },
    body: JSON.stringify({ site: target.site.key, page: { url, title, referrer: '' }, locale: 'en' }),
  });
  if (!answer.ok) throw new Error(`session: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as SessionReply;
}

/** A visitor with the shipped client, over a real socket (or an event stream). */
export interface TestVisitor {
  session: Session<VisitorCommand>;
  reply: SessionReply;
  token: string;
  /** Their chat. */
  chat: string;
}

export async function openVisitor(
  target: Target,
  options: {
    token?: string;
    transport?: 'socket' | 'sse';
    store?: OutboxStore<VisitorCommand>;
    url?: string;
    follows?: boolean;
  } = {},
): Promise<TestVisitor> {
  const { url = 'https://shop.example/', transport = 'socket' } = options;
  const reply = await askSession(target, { url, ...(options.token && { token: options.token }) });
  const token = reply.token ?? options.token ?? '';
  const base = `${target.url}/api/visitor`;
  const wire =
    transport === 'sse' ? sseWire(base) : socketWire(`${base.replace('http', 'ws')}/socket?site=${target.site.key}`);
  const session = createSession<VisitorCommand>({
    wires: [wire],
    store: options.store ?? memoryOutbox<VisitorCommand>(),
    tabs: aloneTab,
    hello: (common) => ({
      ...{ type: 'hello', role: 'visitor', protocol: PROTOCOL, site: target.site.key, token },
      page: { url, title: 'Shop', referrer: '' },
      ...common,
    }),
  });
  // Before the welcome: an event may come right behind it.
  if (options.follows) session.follow(reply.conversation.id, 0);
  await welcomed(session);
  return { session, reply, token, chat: reply.conversation.id };
}

/** Signs in and gives the cookie. */
export async function signIn(target: Target, credentials: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`${target.url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: credentials.email, password: credentials.password }),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Adds an operator as the owner does, and chooses their password as they do at the first sign-in. */
export async function addOperator(
  target: Target,
  owner: string,
  who: { name: string; email: string; password: string },
): Promise<{ id: string }> {
  const post = async (path: string, cookie: string, body: object) => {
    const answer = await fetch(`${target.url}/api/v1${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const first = { ...who, password: 'to be changed by whom it is for' };
  const made = (await post(`/sites/${target.site.key}/operators`, owner, first)) as { id: string };
  const cookie = await signIn(target, first);
  await post('/me/password', cookie, { current: first.password, next: who.password });
  await post('/sign-out', cookie, {});
  return made;
}

/** An operator with the shipped client, and their way to the API. */
export interface TestOperator {
  session: Session<OperatorCommand>;
  cookie: string;
  welcome: RelayFrameOf<'welcome'>;
  /** JSON of `/api/v1/sites/KEY/PATH`. */
  get<T>(path: string): Promise<T>;
  send(method: string, path: string, body: unknown): Promise<Response>;
}

export async function openOperator(
  target: Target,
  credentials: { email: string; password: string },
  options: { store?: OutboxStore<OperatorCommand> } = {},
): Promise<TestOperator> {
  const cookie = await signIn(target, credentials);
  const session = createSession<OperatorCommand>({
    wires: [socketWire(`${target.url.replace('http', 'ws')}/api/v1/socket`, socketWith({ cookie }))],
    store: options.store ?? memoryOutbox<OperatorCommand>(),
    tabs: aloneTab,
    hello: (common) => ({ type: 'hello', role: 'operator', protocol: PROTOCOL, site: target.site.key, ...common }),
  });
  const welcome = await welcomed(session);
  const send = (method: string, path: string, body: unknown) =>
    fetch(`${target.url}/api/v1/sites/${target.site.key}${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    ...{ session, cookie, welcome, send },
    async get<T>(path: string) {
      const answer = await send('GET', path, undefined);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

/** Connects and waits for the welcome; throws when the relay refuses. */
function welcomed(
  session: Session<never> | Session<VisitorCommand> | Session<OperatorCommand>,
): Promise<RelayFrameOf<'welcome'>> {
  const some = session as Session<VisitorCommand>;
  return new Promise((resolve, reject) => {
    const offs = [
      some.on('welcome', (frame) => {
        for (const off of offs) off();
        resolve(frame);
      }),
      some.on('state', ({ state, code }) => {
        if (state === 'refused') reject(new Error(`refused with ${code}`));
      }),
    ];
    some.connect();
  });
}

/** Waits until `look` gives something; fails after `withinMs`. */
export async function until<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  what: string,
  withinMs = 10_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`It did not happen within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
