import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { startRelayProcess } from '../testing/browser/relay-process.ts';
import { CROWD_ENV, percentile } from './crowd.ts';
import type { CrowdSettings, FromCrowd } from './crowd-process.ts';

export interface Recovery {
  clients: number;
  /** Milliseconds from the SIGKILL until a client is online, has everything, and its outbox is empty. */
  p50: number;
  p99: number;
  slowest: number;
  /** Milliseconds from the SIGKILL until the relay was ready again. */
  readyAfterMs: number;
}

/** The crowd is spread over so many processes. */
const PROCESSES = 2;

/** The next thing a part of the crowd says; fails when it ends before. */
function hear(crowd: ChildProcess): Promise<FromCrowd> {
  return new Promise((resolve, reject) => {
    crowd.once('message', (said) => resolve(said as FromCrowd));
    crowd.once('exit', () => reject(new Error('A part of the crowd ended before it was done.')));
  });
}

/** Kills the shipped relay under a crowd, each of whom writes while it is away, and starts it again at once. */
export async function recovery(clients: number): Promise<Recovery> {
  const relay = await startRelayProcess(CROWD_ENV);
  const count = Math.ceil(clients / PROCESSES);
  const crowds = Array.from({ length: PROCESSES }, (_, i) => {
    const settings: CrowdSettings = { url: relay.url, site: 'demo', first: i * count, count };
    return spawn(process.execPath, [join(import.meta.dirname, 'crowd-process.ts')], {
      env: { PATH: process.env.PATH ?? '', CROWD: JSON.stringify(settings) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  });
  try {
    await Promise.all(crowds.map(hear));
    const killedAt = Date.now();
    await relay.kill();
    const done = crowds.map((crowd) => {
      crowd.send('killed');
      return hear(crowd);
    });
    await relay.start();
    const readyAfterMs = Date.now() - killedAt;
    const times = (await Promise.all(done)).flatMap((said) => ('caughtUp' in said ? said.caughtUp : []));
    const after = times.map((at) => at - killedAt);
    const [p50, p99] = [percentile(after, 0.5), percentile(after, 0.99)];
    return { clients: after.length, p50, p99, slowest: Math.max(...after), readyAfterMs };
  } finally {
    for (const crowd of crowds) crowd.kill('SIGKILL');
    await relay.kill();
    await relay.remove();
  }
}
