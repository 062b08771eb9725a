import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { createSite } from '../sites/store.ts';
import { askSession, openOperator, signIn } from '../testing/clients.ts';
import { greetOperator, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { expectWholeStore } from '../testing/whole-store.ts';

let relay: TestRelay;
let cookie: string;
/** A conversation and a chat nobody wrote in yet, of a site that the operator does not work for. */
let foreign: { written: string; reserved: string; visitor: string; token: string };

beforeAll(async () => {
  relay = await startTestRelay();
  const { store } = relay;
  await store.tx((db) => createSite(db, store.t, { key: 'other', name: 'Other', at: new Date() }));
  const target = { url: relay.url, site: { key: 'other' } };
  const [one, two] = [await askSession(target), await askSession(target)];
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=other`);
  socket.send(visitorHello(one.token ?? '', { site: 'other' }));
  await socket.heard('welcome');
  const written = one.conversation.id;
  socket.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: written, text: 'of the other site' });
  await socket.heard('ack');
  socket.close();
  foreign = { written, reserved: two.conversation.id, visitor: one.visitor.id, token: one.token ?? '' };
  cookie = await signIn(relay, relay.owner);
});
afterAll(async () => {
  await expectWholeStore(relay.store);
  await relay.stop();
});

test('[S4] commands on another site’s conversations find nothing and leave nothing', async () => {
  const { read, t } = relay.store;
  const look = async () => [await read.select().from(t.events), await read.select().from(t.conversations)];
  const before = await look();
  const operator = await greetOperator(relay, cookie);
  let n = 0;
  for (const conversation of [foreign.written, foreign.reserved, uuidv7()])
    for (const command of [
      { type: 'message:send', text: 'from elsewhere' },
      { type: 'conversation:take' },
      { type: 'conversation:assign', operator: relay.owner.id },
      { type: 'conversation:return' },
      { type: 'conversation:close' },
      { type: 'conversation:reopen' },
    ]) {
      n += 1;
      operator.send({ ...command, id: uuidv7(), n, conversation });
      const mine = n;
      expect(await operator.heard('reject', (frame) => frame.n === mine)).toMatchObject({ code: 'not-found' });
    }
  expect(await look()).toEqual(before);
  operator.close();
});

test('[S4] signs and following reach no further', async () => {
  const operator = await greetOperator(relay, cookie);
  operator.send({ type: 'follow', conversations: [{ conversation: foreign.written, seq: 0 }] });
  expect(await operator.heard('resync')).toMatchObject({ conversation: foreign.written });
  operator.send({ type: 'mark', conversation: foreign.written, delivered: 1, read: 1 });
  operator.send({ type: 'typing', conversation: foreign.written, on: true });
  await operator.heard('error', ({ code }) => code === 'not-found');
  expect(operator.frames.filter(({ type }) => type === 'replay' || type === 'event')).toEqual([]);
  const { read, t } = relay.store;
  const [row] = await read.select().from(t.conversations);
  expect(row).toMatchObject({ staffDelivered: 0, staffRead: 0, unread: 1 });
  operator.close();
});

test('[S4] an operator of another site cannot be given work here', async () => {
  const here = await openOperator(relay, relay.owner);
  const reply = await askSession(relay);
  const chat = reply.conversation.id;
  const verdicts: unknown[] = [];
  here.session.on('verdict', ({ verdict }) => verdicts.push(verdict));
  await here.session.command({ type: 'message:send', conversation: chat, text: 'hello' });
  await here.session.command({ type: 'conversation:assign', conversation: chat, operator: uuidv7() });
  await expect.poll(() => verdicts).toMatchObject([{ type: 'ack' }, { type: 'reject', code: 'not-found' }]);
  here.session.destroy();
});

test('[S4] a visitor’s token of another site is none here', async () => {
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  socket.send(visitorHello(foreign.token));
  expect(await socket.closed()).toBe(4001);
  const answer = await fetch(`${relay.url}/api/visitor/conversations/${foreign.written}/events?site=shop`, {
    headers: { authorization: `Bearer ${foreign.token}` },
  });
  expect(answer.status).toBe(401);
  const reply = await askSession(relay, { token: foreign.token });
  expect(reply.visitor.id).not.toBe(foreign.visitor);
});
