import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import { percentile, round, sleep } from '../statistics.ts';
import { makeVisitor, many, message, operatorSocket, signIn, type Target, visitorSocket } from './clients.ts';
import { type LeanSocket, leanSocket } from './lean-socket.ts';
import { ageOf, paced, stamped } from './paced.ts';
import { startServer } from './server-process.ts';

const VISITORS = 90;
const OPERATORS = 10;

/** Milliseconds from a visitor's writing to an operator's socket. */
export interface Latency {
  p50: number;
  p99: number;
  count: number;
}

export const latencyOf = (ages: readonly number[]): Latency => ({
  p50: round(percentile(ages, 0.5)),
  p99: round(percentile(ages, 0.99)),
  count: ages.length,
});

/** Visitors and operators of a relay, ready to be paced. */
export async function paceRelay(target: Target, perSecond: number, seconds: number, from = 0): Promise<number[]> {
  const ages: number[] = [];
  const known = await many(VISITORS, 8, (n) => makeVisitor(target, from + n));
  const visitors = await many(VISITORS, 8, (n) => visitorSocket(target, known[n] as (typeof known)[number], {}));
  const cookie = await signIn(target);
  const operators = await many(OPERATORS, 5, (n) =>
    operatorSocket(
      target,
      cookie,
      known.filter((_, at) => at % OPERATORS === n).map(({ chat }) => chat),
      {
        event(payload) {
          const age = ageOf(payload);
          if (age !== null) ages.push(age);
        },
      },
    ),
  );
  const numbers = known.map(() => 0);
  await pace(perSecond, seconds, ages, (n) => {
    const sender = n % VISITORS;
    numbers[sender] = (numbers[sender] ?? 0) + 1;
    visitors[sender]?.send(message(numbers[sender] ?? 0, known[sender]?.chat ?? '', stamped()));
  });
  for (const socket of [...visitors, ...operators]) socket.close();
  return ages;
}

/** The first second is not counted. */
async function pace(perSecond: number, seconds: number, ages: number[], send: (n: number) => void): Promise<void> {
  let counted = 0;
  setTimeout(() => {
    counted = ages.length;
  }, 1_000);
  await paced(perSecond, seconds + 1, send);
  await sleep(500);
  ages.splice(0, counted);
}

async function paceBare(port: number, perSecond: number, seconds: number): Promise<number[]> {
  const ages: number[] = [];
  const chats = Array.from({ length: VISITORS }, () => randomUUIDv7());
  const open = (onText: (payload: Buffer) => void): Promise<LeanSocket> => leanSocket({ port, path: '/', onText });
  const visitors = await many(VISITORS, 10, () => open(() => {}));
  const operators = await many(OPERATORS, 10, async (n) => {
    const socket = await open((payload) => {
      const age = ageOf(payload);
      if (age !== null) ages.push(age);
    });
    const mine = chats.filter((_, at) => at % OPERATORS === n).map((conversation) => ({ conversation }));
    socket.send(JSON.stringify({ type: 'follow', conversations: mine }));
    return socket;
  });
  await sleep(200);
  await pace(perSecond, seconds, ages, (n) =>
    visitors[n % VISITORS]?.send(message(n, chats[n % VISITORS] ?? '', stamped())),
  );
  for (const socket of [...visitors, ...operators]) socket.close();
  return ages;
}

/** Latency at a steady rate, of the relay and of the bare group commit. */
export async function measureLatency(perSecond: number): Promise<{ relay: Latency; bare: Latency }> {
  const relay = await startServer<Target>([join(import.meta.dirname, 'product.ts')]);
  const relayAges = await paceRelay(relay.said, perSecond, 4);
  await relay.stop();
  const bare = await startServer([join(import.meta.dirname, 'baseline-group-commit.ts')]);
  const bareAges = await paceBare(bare.said.port, perSecond, 4);
  await bare.stop();
  return { relay: latencyOf(relayAges), bare: latencyOf(bareAges) };
}
