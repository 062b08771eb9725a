import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricsTokens } from '../keys/keys.ts';
import { openOperator, openVisitor, until } from '../testing/clients.ts';
import { greetVisitor, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

const [now, before] = ['Bn5vKe8XjW2sMq7RtZc4LpYh9UdGf3Ta', 'q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT'];
const tokens = metricsTokens([now, before]);

let relay: TestRelay;
beforeAll(async () => {
  relay = await startTestRelay({ metricsTokens: tokens, trustProxy: ['127.0.0.1'] });
});
afterAll(() => relay.stop());

const ask = (headers: Record<string, string>) => fetch(`${relay.url}/metrics`, { headers });
const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` });

test.each([
  ['no token', {}],
  ['another token', bearer(metricsTokens(['Zz5vKe8XjW2sMq7RtZc4LpYh9UdGf3Ta'])[0])],
  ['a part of the token', bearer(tokens[0]?.slice(0, -1))],
  ['the secret itself', bearer(now)],
  ['the token by another scheme', { authorization: `Basic ${tokens[0]}` }],
  ['an empty token', { authorization: 'Bearer ' }],
  ['a claim to be of this machine', { 'x-forwarded-for': '127.0.0.1', host: 'localhost' }],
])('the metrics are not for who shows %s', async (_, headers) => {
  const answer = await ask(headers);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  expect(await answer.text()).not.toContain('frontdesk_');
});

test.each([0, 1])('the token of each secret reads them (%i)', async (place) => {
  const answer = await ask(bearer(tokens[place]));
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('frontdesk_');
});

describe('what is counted', () => {
  const read = async () => (await ask(bearer(tokens[0]))).text();
  /** The value of a series, with its labels as they stand in the text; 0 where there is none yet. */
  const value = (text: string, series: string) => {
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return Number(line?.split(' ')[1] ?? 0);
  };
  /** Waits until a series has grown by so much since `before`. */
  const grows = (before: string, series: string, by: number) =>
    until(async () => value(await read(), series) - value(before, series) === by, `${series} to grow by ${by}`);

  test('sockets by role, commands by verdict, commits and what is published', async () => {
    const before = await read();
    const visitor = await openVisitor(relay);
    const operator = await openOperator(relay, relay.owner);
    await grows(before, 'frontdesk_sockets{role="visitor"}', 1);
    await grows(before, 'frontdesk_sockets{role="operator"}', 1);
    const acked = new Promise((resolve) => visitor.session.on('verdict', resolve));
    await visitor.session.command({ type: 'message:send', conversation: visitor.chat, text: 'Hello' });
    await acked;
    await grows(before, 'frontdesk_commands_total{role="visitor",verdict="ack"}', 1);
    await grows(before, 'frontdesk_conversations_open{state="unassigned"}', 1);
    const after = await read();
    expect(value(after, 'frontdesk_commit_writes_sum')).toBeGreaterThan(value(before, 'frontdesk_commit_writes_sum'));
    expect(value(after, 'frontdesk_commit_seconds_count')).toBeGreaterThan(
      value(before, 'frontdesk_commit_seconds_count'),
    );
    expect(value(after, 'frontdesk_published_total')).toBeGreaterThan(value(before, 'frontdesk_published_total'));
    visitor.session.destroy();
    operator.session.destroy();
    await grows(before, 'frontdesk_sockets{role="visitor"}', 0);
  });

  test('sockets that are refused or ended, and errors by code', async () => {
    const before = await read();
    await rawSocket(`${relay.url}/api/visitor/socket?site=shop`, { origin: 'https://elsewhere.example' }).catch(
      () => {},
    );
    await grows(before, 'frontdesk_sockets_refused_total{code="forbidden-origin"}', 1);
    const stranger = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
    stranger.send(visitorHello('x'.repeat(43)));
    expect(await stranger.closed()).toBe(4001);
    await grows(before, 'frontdesk_sockets_refused_total{code="unauthorised"}', 1);
    await grows(before, 'frontdesk_sockets_closed_total{role="visitor",reason="unauthorised"}', 1);
    const { socket } = await greetVisitor(relay);
    socket.send({ type: 'message:send', id: '01a201a0-fb1d-7000-bf7b-46eaa1e112a2', n: 1 });
    await socket.heard('reject');
    await grows(before, 'frontdesk_commands_total{role="visitor",verdict="reject"}', 1);
    socket.close();
    await fetch(`${relay.url}/api/visitor/articles?site=nowhere`);
    await grows(before, 'frontdesk_errors_total{code="unknown-site"}', 1);
  });

  test('requests by the route and not by the address', async () => {
    const before = await read();
    const series = (route: string, status: string) =>
      `frontdesk_http_request_seconds_count{method="GET",route="${route}",status="${status}"}`;
    await fetch(`${relay.url}/api/visitor/articles/nothing-by-this-name?site=shop`);
    await grows(before, series('/api/visitor/articles/:slug', '4xx'), 1);
    await fetch(`${relay.url}/nobody/knows/${'x'.repeat(50)}`);
    await fetch(`${relay.url}/api/v1/sites/shop/conversations/${'y'.repeat(50)}`);
    const after = await read();
    expect(after).not.toMatch(/nothing-by-this-name|xxxx|yyyy|127\.0\.0\.1/);
  });

  test('searches by whether they found anything', async () => {
    const before = await read();
    await fetch(`${relay.url}/api/visitor/articles?site=shop&q=teapot`);
    await grows(before, 'frontdesk_article_searches_total{found="none"}', 1);
  });
});

describe('the board', () => {
  const board = readFileSync(join(import.meta.dirname, '../../docs/grafana/frontdesk.json'), 'utf8');
  const queries = [...board.matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)].map(
    ([, text]) => JSON.parse(`"${text}"`) as string,
  );

  test('asks for what there is, by labels that there are', async () => {
    const text = await (await ask(bearer(tokens[0]))).text();
    const known = new Set([...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].map(([, name]) => name));
    const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
    // Prometheus itself adds which relay it was.
    labels.add('instance');
    // Nothing has failed here.
    labels.add('where');
    expect(queries.length).toBeGreaterThan(20);
    for (const query of queries) {
      const names = query.match(/\b(frontdesk|nodejs|process)_\w+/g) ?? [];
      expect(names.length, query).toBeGreaterThan(0);
      for (const name of names)
        expect(known.has(name) || known.has(name.replace(/_(bucket|sum|count)$/, '')), `${name} of ${query}`).toBe(
          true,
        );
      const asked = [...query.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list]) => list?.split(', ') ?? []);
      const matched = [...query.matchAll(/[{,](\w+)=/g)].map(([, label]) => label);
      for (const label of [...asked, ...matched]) expect(labels.has(label ?? ''), `${label} of ${query}`).toBe(true);
    }
  });

  test('shows every metric of ours', async () => {
    const text = await (await ask(bearer(tokens[0]))).text();
    for (const [, name] of text.matchAll(/^# TYPE (frontdesk_\S+)/gm)) expect(board).toContain(name);
  });
});
