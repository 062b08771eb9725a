import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { hashPassword } from '../operators/passwords.ts';
import { setDemand } from '../operators/second-factor-demand.ts';
import { createOperator } from '../operators/store.ts';
import { operatorCommand, operatorSign, visitorCommand, visitorSign } from '../protocol/frames.ts';
import { createSite } from '../sites/store.ts';
import { askSession, signIn } from '../testing/clients.ts';
import { operatorHello, type RawSocket, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

const typesOf = (...unions: { options: readonly { shape: { type: { value: string } } }[] }[]) =>
  unions.flatMap(({ options }) => options.map(({ shape }) => shape.type.value)).sort();
const VISITOR_TYPES = typesOf(visitorCommand, visitorSign);
const OPERATOR_TYPES = typesOf(operatorCommand, operatorSign);

/** What a frame is answered: the answer's type and code; `-` where nothing comes back. */
interface Row {
  frame: (conversation: string) => object;
  /** On a conversation that is one's own. */
  own: string;
  /** On somebody else's, and on one that is not there: word for word the same. Absent: it names no conversation. */
  other?: string;
}
const page = { url: 'https://shop.example/x', title: '', referrer: '' };
const onIt = (conversation: string) => ({ conversation });
const follow = (conversation: string) => ({ conversations: [{ conversation, seq: 0 }] });
const mark = (conversation: string) => ({ conversation, delivered: 1, read: 1 });
const typing = (conversation: string) => ({ conversation, on: true });
const VISITOR: Record<string, Row> = {
  'message:send': { frame: (it) => ({ conversation: it, text: 'x' }), own: 'ack', other: 'reject not-found' },
  'form:submit': {
    frame: () => ({ locale: 'en', name: '', email: 'a@example.com', subject: '', message: 'x', fields: {}, page }),
    own: 'ack',
  },
  'conversation:close': { frame: onIt, own: 'ack', other: 'reject not-found' },
  'conversation:rate': {
    frame: (it) => ({ conversation: it, score: 5 }),
    own: 'reject conflict',
    other: 'reject not-found',
  },
  'conversation:solved': {
    frame: (it) => ({ conversation: it, yes: true }),
    own: 'reject conflict',
    other: 'reject not-found',
  },
  typing: { frame: typing, own: '-', other: '-' },
  mark: { frame: mark, own: '-', other: '-' },
  pong: { frame: () => ({}), own: '-' },
  follow: { frame: follow, own: 'replay', other: 'error not-found' },
  queue: { frame: onIt, own: 'queue', other: '-' },
  page: { frame: () => ({ page }), own: '-' },
  track: { frame: () => ({ name: 'cart', data: { items: 2 } }), own: '-' },
  // What is asked of conversations that are not theirs is passed over, like an unknown one.
  tab: { frame: (it) => ({ page, resume: [{ conversation: it, seq: 0 }] }), own: 'replay', other: '-' },
  invitation: { frame: () => ({ trigger: uuidv7(), outcome: 'shown' }), own: '-' },
  bye: { frame: () => ({}), own: '-' },
};
const OPERATOR: Record<string, Row> = {
  'message:send': { frame: (it) => ({ conversation: it, text: 'x' }), own: 'ack', other: 'reject not-found' },
  'conversation:take': { frame: onIt, own: 'ack', other: 'reject not-found' },
  'conversation:assign': {
    frame: (it) => ({ conversation: it, operator: relay.owner.id }),
    ...{ own: 'ack', other: 'reject not-found' },
  },
  'conversation:return': { frame: onIt, own: 'ack', other: 'reject not-found' },
  'conversation:close': { frame: onIt, own: 'ack', other: 'reject not-found' },
  'conversation:reopen': { frame: onIt, own: 'ack', other: 'reject not-found' },
  'conversation:spam': { frame: onIt, own: 'ack', other: 'reject not-found' },
  'conversation:not-spam': { frame: onIt, own: 'ack', other: 'reject not-found' },
  // The first message is the visitor's own, which no operator may change.
  'message:edit': {
    frame: (it) => ({ conversation: it, message: 1, text: 'x' }),
    ...{ own: 'reject forbidden', other: 'reject not-found' },
  },
  'message:delete': {
    frame: (it) => ({ conversation: it, message: 1 }),
    ...{ own: 'reject forbidden', other: 'reject not-found' },
  },
  typing: { frame: typing, own: '-', other: 'error not-found' },
  mark: { frame: mark, own: '-', other: 'error not-found' },
  pong: { frame: () => ({}), own: '-' },
  follow: { frame: follow, own: 'replay', other: 'resync' },
  status: { frame: () => ({ status: 'away' }), own: '-' },
};

let relay: TestRelay;
/** Written conversations: of a visitor of the shop, of another one, and of another site's visitor. */
const chats: Record<'mine' | 'others' | 'foreign', string> = { mine: '', others: '', foreign: '' };
const tokens = { mine: '', others: '', foreign: '' };
const cookies = {
  ...{ owner: '', operator: '', stranger: '', signedOut: '', deleted: '', firstPassword: '', noFactor: '' },
};
const visitorSocket = async (site: string, token: string) => {
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=${site}`);
  socket.send(visitorHello(token, { site }));
  await socket.heard('welcome');
  return socket;
};

beforeAll(async () => {
  relay = await startTestRelay();
  const { store, site, owner } = relay;
  const at = new Date();
  const passwordHash = await hashPassword(owner.password);
  const gone = await store.tx(async (db) => {
    const other = await createSite(db, store.t, { key: 'other', name: 'Other', at });
    const strict = await createSite(db, store.t, { key: 'strict', name: 'Strict', at });
    await setDemand(db, store.t, strict.id, true);
    const make = (siteId: string, name: string, isFirstPassword = false) =>
      createOperator(db, store.t, {
        ...{
          siteId,
          name,
          isFirstPassword,
          role: 'operator' as const,
          email: `${name}@shop.example`,
          passwordHash,
          at,
        },
      });
    await make(site.id, 'operator');
    await make(other.id, 'stranger');
    await make(site.id, 'firstPassword', true);
    await make(strict.id, 'noFactor');
    return make(site.id, 'deleted');
  });
  for (const [name, key] of [
    ['mine', 'shop'],
    ['others', 'shop'],
    ['foreign', 'other'],
  ] as const) {
    const reply = await askSession({ url: relay.url, site: { key } });
    [tokens[name], chats[name]] = [reply.token ?? '', reply.conversation.id];
    const socket = await visitorSocket(key, tokens[name]);
    socket.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: chats[name], text: 'private' });
    await socket.heard('ack');
    socket.close();
  }
  const send = (method: string, path: string, cookie: string) =>
    fetch(`${relay.url}/api/v1${path}`, { method, headers: { cookie } });
  const cookieOf = (name: string) => signIn(relay, { email: `${name}@shop.example`, password: owner.password });
  for (const name of ['owner', 'operator', 'stranger', 'deleted', 'firstPassword', 'noFactor'] as const)
    cookies[name] = await cookieOf(name);
  cookies.signedOut = await cookieOf('operator');
  await send('POST', '/sign-out', cookies.signedOut);
  expect((await send('DELETE', `/sites/shop/operators/${gone.id}`, cookies.owner)).status).toBe(200);
});
afterAll(() => relay.stop());

/** Sends one frame and says what came back to it. */
async function answerTo(socket: RawSocket, frame: object, n: number): Promise<string> {
  const from = socket.frames.length;
  socket.send({ ...frame, id: uuidv7(), n });
  // A frame of no type is answered behind it; what it had to look up in the store may still come a moment later.
  const marks = () => socket.frames.slice(from).filter((one) => one.type === 'error' && one.code === 'unknown-frame');
  const already = marks().length;
  socket.send({ type: 'no-such-frame' });
  await expect.poll(() => marks().length, { timeout: 5_000 }).toBeGreaterThan(already);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const meant = ['ack', 'reject', 'retry', 'replay', 'resync', 'error', 'queue'];
  const heard = socket.frames.slice(from).filter(({ type }) => meant.includes(type));
  const last = heard.lastIndexOf(marks().at(-1) as (typeof heard)[number]);
  heard.splice(last, 1);
  return heard.map((one) => ('code' in one ? `${one.type} ${one.code} ${one.message}` : one.type)).join(', ') || '-';
}
const brief = (said: string) => said.split(' ').slice(0, 2).join(' ');

test('[S5] every frame type is in the table, and no other', () => {
  expect(Object.keys(VISITOR).sort()).toEqual(VISITOR_TYPES);
  expect(Object.keys(OPERATOR).sort()).toEqual(OPERATOR_TYPES);
});

describe.each([
  ['visitor', VISITOR, () => visitorSocket('shop', tokens.mine), () => [chats.others, chats.foreign]],
  ['visitor of another site', VISITOR, () => visitorSocket('other', tokens.foreign), () => [chats.others, chats.mine]],
] as const)('[S5] frames of a %s', (name, table, open, others) => {
  frameTests(table, open, others, () => (name === 'visitor' ? chats.mine : chats.foreign));
});

describe.each([['operator'], ['owner']] as const)('[S5] frames of an operator of the site (%s)', (name) => {
  const open = async () => {
    const socket = await rawSocket(`${relay.url}/api/v1/socket`, { cookie: cookies[name] });
    socket.send(operatorHello());
    await socket.heard('welcome');
    return socket;
  };
  frameTests(
    OPERATOR,
    open,
    () => [chats.foreign],
    () => chats.mine,
  );
});

describe('[S5] frames of an operator of another site', () => {
  const open = async () => {
    const socket = await rawSocket(`${relay.url}/api/v1/socket`, { cookie: cookies.stranger });
    socket.send(operatorHello({ site: 'other' }));
    await socket.heard('welcome');
    return socket;
  };
  // A stranger cannot give work to an operator who does not work there.
  const { 'conversation:assign': _, ...rest } = OPERATOR;
  frameTests(
    rest,
    open,
    () => [chats.mine, chats.others],
    () => chats.foreign,
  );

  test('a hello for a site that is not theirs ends as one for a site that is not there', async () => {
    const ends: unknown[] = [];
    for (const site of ['shop', 'nowhere']) {
      const socket = await rawSocket(`${relay.url}/api/v1/socket`, { cookie: cookies.stranger });
      socket.send(operatorHello({ site }));
      ends.push([await socket.heard('error'), await socket.closed()]);
    }
    expect(ends[0]).toEqual(ends[1]);
    expect(ends[0]).toMatchObject([{ code: 'unknown-site' }, 4004]);
  });
});

function frameTests(
  table: Record<string, Row>,
  open: () => Promise<RawSocket>,
  others: () => string[],
  mine: () => string,
) {
  test.each(Object.entries(table))('%s', async (type, { frame, own, other }) => {
    const socket = await open();
    let n = 0;
    if (other !== undefined) {
      const said = new Set<string>();
      for (const conversation of [uuidv7(), ...others()])
        said.add(await answerTo(socket, { type, ...frame(conversation) }, ++n));
      expect([...said]).toHaveLength(1);
      expect(brief([...said][0] ?? '')).toBe(other);
    }
    expect(brief(await answerTo(socket, { type, ...frame(mine()) }, ++n))).toBe(own);
    socket.close();
  });
}

test('[S5] nobody says anything before hello, and another role’s frames are none', async () => {
  const early = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  for (const [type, { frame }] of Object.entries(VISITOR))
    early.send({ type, id: uuidv7(), n: 1, ...frame(chats.mine) });
  await expect.poll(() => early.frames.length).toBe(Object.keys(VISITOR).length);
  for (const frame of early.frames) expect(frame).toMatchObject({ type: 'error', code: 'hello-first' });
  early.close();
  const visitor = await visitorSocket('shop', tokens.mine);
  for (const type of OPERATOR_TYPES.filter((one) => !VISITOR_TYPES.includes(one)))
    expect(brief(await answerTo(visitor, { type, ...OPERATOR[type]?.frame(chats.mine) }, 1))).toBe(
      'error unknown-frame',
    );
  visitor.close();
});

test.each(['signedOut', 'deleted'] as const)('[S5] a cookie that is over (%s) gets no socket', async (name) => {
  await expect(rawSocket(`${relay.url}/api/v1/socket`, { cookie: cookies[name] })).rejects.toMatchObject({
    status: 401,
  });
});

test.each([
  ['firstPassword', 'choose-password'],
  ['noFactor', 'set-up-second-factor'],
] as const)('[S5] a cookie that owes something first (%s) gets no socket', async (name, code) => {
  const answer = await fetch(`${relay.url}/api/v1/me/sessions`, { headers: { cookie: cookies[name] } });
  expect(await answer.json()).toMatchObject({ error: { code } });
  await expect(rawSocket(`${relay.url}/api/v1/socket`, { cookie: cookies[name] })).rejects.toMatchObject({
    status: 403,
  });
});

test('[S5] a cookie that is over between upgrade and hello gets no further', async () => {
  const cookie = await signIn(relay, { email: 'operator@shop.example', password: relay.owner.password });
  const socket = await rawSocket(`${relay.url}/api/v1/socket`, { cookie });
  await fetch(`${relay.url}/api/v1/sign-out`, { method: 'POST', headers: { cookie } });
  socket.send(operatorHello());
  expect(await socket.closed()).toBe(4001);
  expect(socket.frames.some(({ type }) => type === 'welcome')).toBe(false);
});

test('[S5] marks never tell of more than there is', async () => {
  const watcher = await rawSocket(`${relay.url}/api/v1/socket`, { cookie: cookies.owner });
  watcher.send(operatorHello({ resume: [{ conversation: chats.others, seq: 0 }] }));
  await watcher.heard('replay');
  const visitor = await visitorSocket('shop', tokens.others);
  visitor.send({ type: 'mark', conversation: chats.others, delivered: 1_000_000, read: 999_999 });
  const mark = await watcher.heard('mark');
  const { visitorSeq } = (await relay.store.read.select().from(relay.store.t.conversations)).find(
    ({ id }) => id === chats.others,
  ) as { visitorSeq: number };
  expect(mark).toMatchObject({ side: 'visitor', delivered: visitorSeq, read: visitorSeq });
  for (const socket of [watcher, visitor]) socket.close();
});

test('[S5] a replay says what there is, not what was claimed', async () => {
  const visitor = await visitorSocket('shop', tokens.others);
  visitor.send({ type: 'follow', conversations: [{ conversation: chats.others, seq: 12_345 }] });
  expect((await visitor.heard('replay')).top).toBeLessThan(100);
  visitor.close();
});

test('[S5] a binary frame is no frame', async () => {
  const visitor = await visitorSocket('shop', tokens.mine);
  visitor.sendRaw(
    Buffer.from(JSON.stringify({ type: 'message:send', id: uuidv7(), n: 1, conversation: chats.mine, text: 'x' })),
  );
  expect(await visitor.heard('error')).toMatchObject({ code: 'bad-frame' });
  expect(visitor.frames.some(({ type }) => type === 'ack')).toBe(false);
  visitor.close();
});
