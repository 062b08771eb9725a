import { join } from 'node:path';
import { makeTempDir } from '../../testing/temp-dir.ts';
import { round, sleep } from '../statistics.ts';
import { addressOf, makeVisitor, many, type Target, visitorSocket } from './clients.ts';
import { type Latency, latencyOf, paceRelay } from './latency.ts';
import { type LeanSocket, leanSocket } from './lean-socket.ts';
import { startServer } from './server-process.ts';
import { startShipped } from './shipped.ts';

const here = (file: string) => join(import.meta.dirname, file);
const KB = 1_024;

/** Memory of an idle socket: of the relay (a known visitor, welcomed, on the site) and of `ws` alone. */
export async function measureIdleMemory(sockets: number): Promise<{ relayKb: number; wsKb: number; ratio: number }> {
  const echo = await startServer([here('baseline-echo.ts')]);
  await sleep(500);
  const bareBefore = echo.rss();
  const plain = await many(sockets, 20, (n) =>
    leanSocket({ port: echo.said.port, path: '/', from: addressOf(n), onText: () => {} }),
  );
  await sleep(2_000);
  const wsKb = (echo.rss() - bareBefore) / sockets / KB;
  for (const socket of plain) socket.close();
  await echo.stop();

  // The page loads are another process's: what they cost is not what an open socket costs.
  const { path, remove } = makeTempDir();
  const product = [here('product.ts'), '--data', path];
  const loading = await startServer<Target>(product);
  const known = await many(sockets, 20, (n) => makeVisitor(loading.said, n));
  await loading.stop();
  const relay = await startServer<Target>(product);
  await sleep(500);
  const before = relay.rss();
  const open = await many(sockets, 20, (n) => visitorSocket(relay.said, known[n] as (typeof known)[number], {}));
  await sleep(2_000);
  const relayKb = (relay.rss() - before) / sockets / KB;
  for (const socket of open) socket.close();
  await relay.stop();
  remove();
  return { relayKb: round(relayKb, 1), wsKb: round(wsKb, 1), ratio: round(relayKb / wsKb) };
}

/** What one process does while it holds so many idle sockets and pings them. */
export interface Crowd {
  sockets: number;
  rssMb: number;
  alone: Latency;
  among10k: Latency;
  p99Ratio: number;
  /** Longest stop of the event loop over two heartbeats, with nothing but heartbeats to do. */
  heartbeatStallMs: number;
}

/** Chat among idle visitors: latency with none and with 10,000, then as many as descriptors allow. */
export async function measureCrowd(most: number): Promise<Crowd> {
  const { relay, target, end } = await startShipped();
  const alone = latencyOf(await paceRelay(target, 500, 4));
  const crowd: LeanSocket[] = [];
  const grow = async (to: number) => {
    const from = crowd.length;
    const fresh = await many(to - from, 20, async (n) => {
      const visitor = await makeVisitor(target, 1_000 + from + n);
      return visitorSocket(target, visitor, {});
    });
    for (const socket of fresh) crowd.push(socket);
  };
  await grow(Math.min(10_000, most));
  await sleep(1_000);
  const among10k = latencyOf(await paceRelay(target, 500, 4, 60_000));
  await grow(most);
  await sleep(2_000);
  await relay.ask('SIGUSR2');
  await sleep(16_500);
  const { loopMaxMs } = await relay.ask<{ loopMaxMs: number }>('SIGUSR2');
  const rssMb = relay.rss() / KB / KB;
  for (const socket of crowd) socket.close();
  await end();
  return {
    ...{ sockets: most, rssMb: round(rssMb, 0), alone, among10k },
    p99Ratio: round(among10k.p99 / alone.p99),
    heartbeatStallMs: round(loopMaxMs, 1),
  };
}
