import { join } from 'node:path';
import { percentile, round, sleep } from '../statistics.ts';
import { makeVisitor, many, operatorSocket, signIn, type Target, visitorSocket } from './clients.ts';
import { paced } from './paced.ts';
import { startServer } from './server-process.ts';

/** Visitors who change pages, and one operator who watches them. */
export async function measurePresence(visitors: number, perSecond: number) {
  const relay = await startServer<Target>([join(import.meta.dirname, 'product.ts')]);
  const known = await many(visitors, 20, (n) => makeVisitor(relay.said, n));
  const sockets = await many(visitors, 20, (n) => visitorSocket(relay.said, known[n] as (typeof known)[number], {}));
  const ages: number[] = [];
  const operator = await operatorSocket(relay.said, await signIn(relay.said), [], {
    any(payload) {
      const now = performance.now();
      for (const [, at] of String(payload).matchAll(/page-(\d+)/g)) ages.push(now - Number(at) / 100);
    },
  });
  const cpu = relay.cpuSeconds();
  const seconds = 5;
  await paced(perSecond, seconds, (n) => {
    const url = `https://shop.example/page-${Math.round(performance.now() * 100)}`;
    sockets[n % visitors]?.send(JSON.stringify({ type: 'page', page: { url, title: 'Shop', referrer: '' } }));
  });
  const cpuShare = (relay.cpuSeconds() - cpu) / seconds;
  await sleep(2_500);
  operator.close();
  for (const socket of sockets) socket.close();
  await relay.stop();
  return {
    ...{ visitors, perSecond, shown: ages.length },
    shownWithinMs: { p50: round(percentile(ages, 0.5), 0), p99: round(percentile(ages, 0.99), 0) },
    cpuShare: round(cpuShare),
  };
}
