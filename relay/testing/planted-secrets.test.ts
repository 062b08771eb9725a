import { expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { askSession, signIn } from './clients.ts';
import { rawSocket, visitorHello } from './raw-socket.ts';
import { startTestRelay } from './relay.ts';

/** What must be in no line of the log, whatever its level. */
const PLANTED = {
  text: 'planted-message-6f1c',
  long: 'planted-too-long-9d3e',
  name: 'Planted Name 77aa',
  email: 'planted-5b0e@example.com',
  query: 'planted-query-c41f',
  search: 'planted-search-0aa3',
  referrer: 'planted-referrer-d00d',
  title: 'planted-title-1b1b',
  userAgent: 'planted-agent-2c2c',
  password: 'planted password e7e7',
  wrong: 'planted wrong password a1b2',
  address: '198.51.100.77',
  field: 'planted-field-8888',
};

test('[S16] nothing that people wrote, showed or came from is in the log, at its most talkative', async () => {
  const lines: string[] = [];
  const relay = await startTestRelay({ trustProxy: ['127.0.0.1'], onLog: (line) => lines.push(line) });
  const from = { 'x-forwarded-for': PLANTED.address };
  const page = {
    url: `https://shop.example/?q=${PLANTED.query}`,
    ...{ title: PLANTED.title, referrer: `https://mail.example/${PLANTED.referrer}` },
  };
  const reply = await askSession(relay, { url: page.url, title: page.title, headers: from });
  const token = reply.token ?? '';
  const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`, {
    ...from,
    'user-agent': PLANTED.userAgent,
  });
  socket.send(visitorHello(token, { page }));
  await socket.heard('welcome');
  const chat = reply.conversation.id;
  socket.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: chat, text: PLANTED.text });
  socket.send({ type: 'message:send', id: uuidv7(), n: 2, conversation: chat, text: PLANTED.long.repeat(1_000) });
  socket.send({
    ...{ type: 'form:submit', id: uuidv7(), n: 3, locale: 'en', page, message: PLANTED.text, subject: PLANTED.text },
    ...{ name: PLANTED.name, email: PLANTED.email, fields: { order: PLANTED.field } },
  });
  await socket.heard('ack', ({ n }) => n === 3);
  socket.sendRaw(`{"${PLANTED.text}`);
  socket.send({ type: PLANTED.text, token });
  await socket.heard('error');
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(relay.url + path, { ...init, headers: { 'content-type': 'application/json', ...from, ...init.headers } });
  await ask(`/api/visitor/articles?site=shop&q=${PLANTED.search}`);
  await ask(`/api/visitor/conversations/${chat}/events?site=shop`, { headers: { authorization: `Bearer ${token}x` } });
  await ask('/api/visitor/session', { method: 'POST', body: `{"site":"${PLANTED.text}` });
  const signInWith = (password: string) =>
    ask('/api/v1/sign-in', { method: 'POST', body: JSON.stringify({ email: PLANTED.email, password }) });
  await signInWith(PLANTED.wrong);
  const cookie = await signIn(relay, relay.owner);
  await ask('/api/v1/me/password', {
    method: 'POST',
    headers: { cookie },
    body: JSON.stringify({ current: relay.owner.password, next: PLANTED.password }),
  });
  socket.close();
  await relay.stop();
  const log = lines.join('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const [what, secret] of Object.entries({ ...PLANTED, token, cookie: cookie.split('=')[1] ?? '-' }))
    expect(log.includes(secret), what).toBe(false);
  expect(log).not.toContain(relay.owner.password);
});
