import { join } from 'node:path';
import { percentile, round, sleep } from '../statistics.ts';
import type { Target } from './clients.ts';
import { bareCrew, type Crew, type Ears, relayCrew, VISITORS } from './crew.ts';
import { ageOf, paced, stamped } from './paced.ts';
import { startServer } from './server-process.ts';

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

/** Ages at which messages reach operators' sockets while a crew writes at an even rate; the first second is not counted. */
async function pace(open: (ears: Ears) => Promise<Crew>, perSecond: number, seconds: number): Promise<number[]> {
  const ages: number[] = [];
  const crew = await open({
    event(payload) {
      const age = ageOf(payload);
      if (age !== null) ages.push(age);
    },
  });
  let counted = 0;
  setTimeout(() => {
    counted = ages.length;
  }, 1_000);
  await paced(perSecond, seconds + 1, (n) => crew.send(n % VISITORS, crew.next(n % VISITORS, stamped())));
  await sleep(500);
  crew.close();
  return ages.slice(counted);
}

/** The same on a relay; `from`: number of the first visitor's address. */
export const paceRelay = (target: Target, perSecond: number, seconds: number, from = 0): Promise<number[]> =>
  pace((ears) => relayCrew(target, ears, from), perSecond, seconds);

/** Latency at a steady rate, of the relay and of the bare group commit. */
export async function measureLatency(perSecond: number): Promise<{ relay: Latency; bare: Latency }> {
  const relay = await startServer<Target>([join(import.meta.dirname, 'product.ts')]);
  const relayAges = await paceRelay(relay.said, perSecond, 4);
  await relay.stop();
  const bare = await startServer([join(import.meta.dirname, 'baseline-group-commit.ts')]);
  const bareAges = await pace((ears) => bareCrew(bare.said.port, ears), perSecond, 4);
  await bare.stop();
  return { relay: latencyOf(relayAges), bare: latencyOf(bareAges) };
}
