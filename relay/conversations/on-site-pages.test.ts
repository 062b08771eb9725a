import { expect, test } from 'vitest';
import { askSession, signIn, until } from '../testing/clients.ts';
import { greetOperator, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay } from '../testing/relay.ts';

const VISITORS = 450;

test('an operator who comes learns of everybody on the site, in pages that no socket has to swallow whole', async () => {
  const relay = await startTestRelay();
  const url = `https://shop.example/${'long-way/'.repeat(200)}`;
  const sockets = await Promise.all(
    Array.from({ length: VISITORS }, async () => {
      const { token = '' } = await askSession(relay, { url });
      const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
      socket.send(visitorHello(token, { page: { url, title: '', referrer: '' } }));
      await socket.heard('welcome');
      return socket;
    }),
  );
  const operator = await greetOperator(relay, await signIn(relay, relay.owner));
  const here = () => operator.frames.flatMap((frame) => (frame.type === 'on-site' ? frame.here : []));
  await until(() => new Set(here().map(({ visitor }) => visitor)).size === VISITORS, 'everybody', 15_000);
  const pages = operator.frames.flatMap((frame) => (frame.type === 'on-site' ? [frame] : []));
  expect(pages[0]?.all).toBe(true);
  expect(pages.slice(1).some(({ all }) => all)).toBe(false);
  for (const page of pages) expect(page.here.length).toBeLessThanOrEqual(200);
  for (const socket of [operator, ...sockets]) socket.close();
  await relay.stop();
}, 30_000);
