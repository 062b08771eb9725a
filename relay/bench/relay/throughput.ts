import { join } from 'node:path';
import { round, sleep } from '../statistics.ts';
import type { Target } from './clients.ts';
import { bareLoad, echoLoad, type Load, relayLoad } from './loads.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const here = (file: string) => join(import.meta.dirname, file);

/** One measured run. */
export interface Measured {
  perSecond: number;
  /** Microseconds of CPU the server used for one answered message. */
  serverMicros: number;
  /** The same of the driver: where it is the larger one, the driver was the limit. */
  driverMicros: number;
  fannedOut: number;
}

export async function measure(server: ServerProcess<unknown>, load: Load, seconds: number): Promise<Measured> {
  load.start();
  // The first second warms up.
  await sleep(1_000);
  const [from, cpu, own, begun, copies] = [
    load.answered(),
    server.cpuSeconds(),
    process.cpuUsage(),
    performance.now(),
    load.fannedOut(),
  ];
  await sleep(seconds * 1_000);
  const count = load.answered() - from;
  const elapsed = (performance.now() - begun) / 1_000;
  const used = process.cpuUsage(own);
  const measured = {
    perSecond: Math.round(count / elapsed),
    serverMicros: round(((server.cpuSeconds() - cpu) * 1e6) / count),
    driverMicros: round((used.user + used.system) / count),
    fannedOut: round((load.fannedOut() - copies) / count),
  };
  await load.finish();
  return measured;
}

/** What is compared, each in a fresh process. */
export const CONTENDERS = {
  'ws echo': () => measureOne('baseline-echo.ts', [], ({ port }) => echoLoad(port, 'ws')),
  'socket.io echo': () => measureOne('baseline-socketio.ts', [], ({ port }) => echoLoad(port, 'socket.io')),
  'bare group commit': () => measureOne('baseline-group-commit.ts', [], ({ port }) => bareLoad(port)),
  'relay, one commit each': () => measureOne('product.ts', ['--batch', '1'], (target) => relayLoad(target)),
  relay: () => measureOne('product.ts', [], (target) => relayLoad(target)),
} satisfies Record<string, () => Promise<Measured>>;

async function measureOne(file: string, args: string[], loadOf: (said: Target) => Promise<Load>): Promise<Measured> {
  const server = await startServer<Target>([here(file), ...args]);
  try {
    return await measure(server, await loadOf(server.said), 4);
  } finally {
    await server.stop();
  }
}
