import { afterAll, beforeAll, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import type { OnSiteVisitor } from '../protocol/entities.ts';
import { askSession, openOperator, type TestOperator, until } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

let relay: TestRelay;
let operator: TestOperator;
beforeAll(async () => {
  relay = await startTestRelay();
  operator = await openOperator(relay, relay.owner);
});
afterAll(async () => {
  operator.session.destroy();
  await relay.stop();
});

test('[OS1] a visitor whose socket ends while it is being welcomed does not stay on the site', async () => {
  const here = new Set<string>();
  const seen = new Set<string>();
  operator.session.on('frame', (frame) => {
    if (frame.type !== 'on-site') return;
    for (const { visitor } of frame.here satisfies OnSiteVisitor[]) {
      here.add(visitor);
      seen.add(visitor);
    }
    for (const id of frame.gone) here.delete(id);
  });
  for (let i = 0; i < 30; i++) {
    const { token } = await askSession(relay);
    const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/api/visitor/socket?site=shop`);
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    const hello = { type: 'hello', role: 'visitor', protocol: 1, site: 'shop', token, epoch: '', resume: [] };
    const page = { url: 'https://shop.example/', title: '', referrer: '' };
    socket.send(JSON.stringify({ ...hello, outbox: { id: uuidv7(), next: 1 }, page }));
    // Some at once, some in the middle of the welcome, some after it.
    if (i % 3) await new Promise((resolve) => setTimeout(resolve, i % 5));
    socket.close();
  }
  await until(() => seen.size > 0, 'somebody was welcomed in time');
  await until(() => here.size === 0, 'everybody has left', 20_000);
}, 40_000);
