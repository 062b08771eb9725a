import { randomUUIDv7 } from 'node:crypto';
import fc from 'fast-check';
import { RATES, type Rates } from '../../bus/limits.ts';
import type { RelayFrame } from '../../protocol/frames.ts';
import { askSession, openVisitor, signIn, USER_AGENT, until } from '../clients.ts';
import { operatorHello, type RawSocket, rawSocket, visitorHello } from '../raw-socket.ts';
import { startTestRelay, type TestRelay } from '../relay.ts';
import { seeded } from '../seeded.ts';
import { mutate, mutateJson, mutateText, NASTY_TEXTS, type Random } from './mutate.ts';
import { type Tally, tried } from './tally.ts';

/** A relay whose limits do not stand before what is to be tried, with a visitor and a conversation in it. */
export interface FuzzTarget {
  relay: TestRelay;
  cookie: string;
  token: string;
  chat: string;
  visitor: string;
}

/** The shipped limits with room for everything: what is behind them is to be reached. */
const lifted = Object.fromEntries(
  Object.entries(RATES).map(([what, scopes]) => [
    what,
    Object.fromEntries(Object.entries(scopes).map(([scope, { seconds }]) => [scope, { points: 1e12, seconds }])),
  ]),
) as unknown as Rates;

export async function startFuzzTarget(): Promise<FuzzTarget> {
  const relay = await startTestRelay({ rates: lifted, demo: true });
  const cookie = await signIn(relay, relay.owner);
  const { session, reply, token, chat } = await openVisitor(relay);
  await session.command({ type: 'message:send', conversation: chat, text: 'the first' });
  await until(() => session.outbox.pending.length === 0, 'the first message');
  session.destroy();
  return { relay, cookie, token, chat, visitor: reply.visitor.id };
}

/** Addresses cannot have half a character. */
const whole = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const seedOf = (random: Random) => Math.floor(random() * 2 ** 31);
/** Any JSON at all, by fast-check. */
const anyJson = (random: Random): unknown =>
  fc.sample(fc.jsonValue({ maxDepth: 3 }), { seed: seedOf(random), numRuns: 1 })[0];

const page = { url: 'https://shop.example/', title: 'Shop', referrer: '' };
/** Valid bodies, to be damaged; a route takes any of them. */
const bodies = ({ relay, chat }: FuzzTarget): unknown[] => [
  {
    site: 'shop',
    page,
    locale: 'en',
    icon: 'chat',
    timeZone: 'Europe/Berlin',
    hints: { platform: 'Windows', mobile: false },
  },
  { email: 'nobody@shop.example', password: 'x' },
  { name: 'Name', origins: ['https://shop.example'], settings: { channels: ['chat', 'email'], color: '#0f766e' } },
  { name: 'Anna', email: 'not-an-address', password: 'short' },
  { current: 'wrong', next: 'short' },
  {
    name: 'T',
    conditions: [{ type: 'page', match: 'is', value: '/' }],
    text: { en: 'Hi' },
    show: 'bubble',
    position: 1,
  },
  { site: 'shop', locale: 'en', helped: false, comment: 'no price', query: 'samovar' },
  { ...visitorHello('', { token: undefined }) },
  { hello: visitorHello('', { token: undefined }), frames: commands(chat, relay.owner.id).slice(0, 4) },
];

/** Valid frames of both roles, to be damaged. */
function commands(chat: string, operator: string): object[] {
  const head = () => ({ id: randomUUIDv7(), n: 1 });
  return [
    { type: 'message:send', ...head(), conversation: chat, text: 'text', trigger: randomUUIDv7() },
    {
      ...{
        type: 'form:submit',
        ...head(),
        locale: 'en',
        name: 'Ann',
        email: 'ann@example.com',
        subject: 's',
        message: 'm',
      },
      ...{ fields: { order: '7', list: ['a'], yes: true }, page },
    },
    { type: 'typing', conversation: chat, on: true },
    { type: 'mark', conversation: chat, delivered: 1, read: 1 },
    { type: 'follow', conversations: [{ conversation: chat, seq: 0 }] },
    { type: 'page', page },
    { type: 'track', name: 'cart', data: { items: 2, gift: true, coupon: 'x' } },
    { type: 'tab', page, resume: [{ conversation: chat, seq: 0 }] },
    { type: 'invitation', trigger: randomUUIDv7(), outcome: 'shown' },
    { type: 'pong' },
    { type: 'bye' },
    { type: 'status', status: 'online' },
    ...['take', 'return', 'close', 'reopen'].map((what) => ({
      type: `conversation:${what}`,
      ...head(),
      conversation: chat,
    })),
    { type: 'conversation:assign', ...head(), conversation: chat, operator },
    { type: 'conversation:spam', ...head(), conversation: chat },
    { type: 'conversation:not-spam', ...head(), conversation: chat },
    { type: 'conversation:rate', ...head(), conversation: chat, score: 4, comment: 'fine' },
    { type: 'conversation:solved', ...head(), conversation: chat, yes: false },
    { type: 'message:edit', ...head(), conversation: chat, message: 1, text: 'text' },
    { type: 'message:delete', ...head(), conversation: chat, message: 1 },
    { type: 'message:send', ...head(), conversation: chat, text: '', files: [randomUUIDv7()], quote: 1 },
    {
      ...{ type: 'message:send', ...head(), conversation: chat, text: 'text' },
      answers: { name: 'Ann', email: 'ann@example.com', topic: ['a'], Consent: true },
    },
    { type: 'queue', conversation: chat },
  ];
}

/** Requests of every route with damaged paths, queries, headers and bodies: no failure of the relay's, and no bare text. */
export async function fuzzHttp(tally: Tally, target: FuzzTarget, seed: number, count: number): Promise<void> {
  const random = seeded(seed);
  const { app } = target.relay.relay;
  const routes = [...new Map(app.routes.map((route) => [`${route.method} ${route.path}`, route])).values()].filter(
    // Signing out would end the sign-in that the others need.
    ({ method, path }) => method !== 'ALL' && path !== '/api/v1/sign-out' && path !== '/api/visitor/events',
  );
  const ids = [target.chat, target.visitor, target.relay.owner.id, randomUUIDv7(), 'f'.repeat(64)];
  const value = (name: string) =>
    random() < 0.5
      ? name === 'site'
        ? 'shop'
        : name === 'locale'
          ? 'en'
          : pick(random, ids)
      : random() < 0.5
        ? pick(random, NASTY_TEXTS)
        : mutateText(random, pick(random, ids));
  const header = (text: string) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').trim();
  for (let no = 0; no < count; no++) {
    const route = pick(random, routes);
    const method =
      random() < 0.95 ? route.method : pick(random, ['PUT', 'DELETE', 'PATCH', 'POST', 'HEAD', 'OPTIONS', 'PROPFIND']);
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => {
      const text = value(name);
      return random() < 0.9 ? encodeURIComponent(whole(text)) : text.replace(/[#?\s]/g, '');
    });
    const query = ['site', 'view', 'cursor', 'limit', 'before', 'after', 'q', 'locale', 'item', 'page', 'title', 'days']
      .filter(() => random() < 0.4)
      .map(
        (name) =>
          `${name}=${encodeURIComponent(whole(random() < 0.5 ? pick(random, ['shop', 'all', '5', 'en', 'tea']) : value(name)))}`,
      );
    const hasBody = !['GET', 'HEAD'].includes(method);
    const body = hasBody
      ? mutateJson(random, random() < 0.8 ? pick(random, bodies(target)) : anyJson(random))
      : undefined;
    const headers: Record<string, string> = {
      'user-agent': random() < 0.9 ? USER_AGENT : header(pick(random, NASTY_TEXTS)),
      ...(hasBody && { 'content-type': random() < 0.92 ? 'application/json' : header(pick(random, NASTY_TEXTS)) }),
      ...(random() < 0.7 && { cookie: random() < 0.9 ? target.cookie : header(mutateText(random, target.cookie)) }),
      ...(random() < 0.5 && {
        // A token that signed out is void, and the others need this one.
        authorization: `Bearer ${random() < 0.8 && !path.endsWith('/sign-out') ? target.token : header(pick(random, NASTY_TEXTS))}`,
      }),
      ...(random() < 0.2 && { origin: header(pick(random, NASTY_TEXTS)) }),
      ...(random() < 0.2 && { 'accept-language': header(pick(random, NASTY_TEXTS)) }),
      ...(random() < 0.1 && { 'if-none-match': header(pick(random, NASTY_TEXTS)) }),
    };
    const address = `http://relay.example${path.startsWith('/') ? '' : '/'}${path}${query.length ? `?${query.join('&')}` : ''}`;
    if (!URL.canParse(address)) continue;
    await tried(
      tally,
      { surface: 'http', seed, no, input: () => `${method} ${address} ${JSON.stringify(headers)} ${body ?? ''}` },
      async () => {
        const answer = await app.request(address, { method, headers, ...(body !== undefined && { body }) });
        const text = await answer.text();
        return { status: answer.status, type: answer.headers.get('content-type') ?? '', text };
      },
      ({ status, type, text }) => {
        if (status >= 500) return `answered ${status} ${text.slice(0, 300)}`;
        if (status >= 400 && path.startsWith('/api') && method !== 'HEAD' && !type.startsWith('application/json'))
          return `answered ${status} as ${type}`;
        return null;
      },
    );
  }
}

const failed = (frames: readonly RelayFrame[]) =>
  frames.flatMap((frame) => ('code' in frame && frame.code === 'internal' ? [JSON.stringify(frame)] : []))[0] ?? null;

/** Damaged hellos, each on a socket of its own: a welcome or an error, and the socket ends as the protocol says. */
export async function fuzzHellos(tally: Tally, target: FuzzTarget, seed: number, count: number): Promise<void> {
  const random = seeded(seed);
  for (let no = 0; no < count; no++) {
    const isVisitor = random() < 0.6;
    const resume = Array.from({ length: Math.floor(random() * 60) }, () => ({
      conversation: random() < 0.5 ? target.chat : randomUUIDv7(),
      seq: pick(random, [0, 1, 2, 100, 2 ** 31, 2 ** 53 - 1]),
    }));
    const valid = isVisitor
      ? visitorHello(target.token, { resume, epoch: pick(random, ['', 'x', 'y'.repeat(64)]) })
      : operatorHello({ resume, change: pick(random, [0, 1, 2 ** 53 - 1]) });
    const raw = random() < 0.3 ? JSON.stringify(valid) : mutateJson(random, valid);
    await tried(
      tally,
      { surface: 'hello', seed, no, input: () => raw },
      async () => {
        const socket = await openSocket(target, isVisitor);
        socket.sendRaw(raw);
        await until(
          () => socket.code !== null || socket.frames.some(({ type }) => type === 'welcome' || type === 'error'),
          'an answer',
        );
        socket.close();
        return failed(socket.frames);
      },
      (wrong) => wrong,
    );
  }
}

const openSocket = ({ relay, cookie }: FuzzTarget, isVisitor: boolean): Promise<RawSocket> =>
  isVisitor
    ? rawSocket(`${relay.url}/api/visitor/socket?site=shop`)
    : rawSocket(`${relay.url}/api/v1/socket`, { cookie });

/** So many frames go out before their answer is waited for. */
const BURST = 10;

/** Damaged frames over real sockets, in bursts: the relay answers behind each, and says `internal` to none. */
export async function fuzzFrames(
  tally: Tally,
  target: FuzzTarget,
  role: 'visitor' | 'operator',
  seed: number,
  count: number,
): Promise<void> {
  const random = seeded(seed);
  const surface = `${role} frames`;
  const hello = role === 'visitor' ? visitorHello(target.token) : operatorHello();
  let socket: RawSocket | undefined;
  const open = async () => {
    const fresh = await openSocket(target, role === 'visitor');
    fresh.send({ ...hello, outbox: { id: randomUUIDv7(), next: 1 } });
    await fresh.heard('welcome');
    return fresh;
  };
  for (let no = 0; no < count; no += BURST) {
    const burst = Array.from({ length: BURST }, () => {
      const sample = pick(random, commands(target.chat, target.relay.owner.id));
      if (random() < 0.25)
        return JSON.stringify({
          ...sample,
          ...('n' in sample && { id: randomUUIDv7(), n: 1 + Math.floor(random() * 40) }),
        });
      return random() < 0.85
        ? mutateJson(random, sample)
        : JSON.stringify(random() < 0.5 ? anyJson(random) : mutate(random, hello));
    });
    tally.inputs[surface] = (tally.inputs[surface] ?? 0) + BURST - 1;
    await tried(
      tally,
      { surface, seed, no, input: () => burst.join('\n') },
      async () => {
        if (!socket || socket.code !== null) socket = await open();
        const line = socket;
        const from = line.frames.length;
        for (const raw of burst) line.sendRaw(raw);
        line.send(hello);
        const answered = () =>
          line.frames.slice(from).some((frame) => frame.type === 'error' && /said already/.test(frame.message));
        await until(() => line.code !== null || answered(), 'an answer behind the burst');
        const wrong = failed(line.frames.slice(from));
        // What is kept of an old socket's frames would grow with the run.
        if (line.frames.length > 5_000) {
          line.close();
          socket = undefined;
        }
        return line.code === null || [4000, 4009, 1009].includes(line.code) ? wrong : `closed with ${line.code}`;
      },
      (wrong) => wrong,
    );
  }
  socket?.close();
}

/** Whether the relay still serves: a visitor comes, writes and is acknowledged. */
export async function stillServes({ relay }: FuzzTarget): Promise<boolean> {
  const { token = '', conversation } = await askSession(relay);
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  socket.send(visitorHello(token));
  await socket.heard('welcome');
  socket.send({ type: 'message:send', id: randomUUIDv7(), n: 1, conversation: conversation.id, text: 'still there?' });
  const ack = await socket.heard('ack');
  socket.close();
  return ack.seq === 1;
}
