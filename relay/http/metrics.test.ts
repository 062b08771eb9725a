import { afterAll, beforeAll, expect, test } from 'vitest';
import { metricsTokens } from '../keys/keys.ts';
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
