import { startRelayProcess } from '../testing/browser/relay-process.ts';
import { until } from '../testing/clients.ts';
import { allSay, CROWD_ENV, gather, hasAll, percentile } from './crowd.ts';

export interface Recovery {
  clients: number;
  /** Milliseconds from the SIGKILL until a client is online, has everything, and its outbox is empty. */
  p50: number;
  p99: number;
  slowest: number;
  /** Milliseconds from the SIGKILL until the relay was ready again. */
  readyAfterMs: number;
}

/** Kills the shipped relay under a crowd, each of whom has just written, and starts it again at once. */
export async function recovery(clients: number): Promise<Recovery> {
  const relay = await startRelayProcess(CROWD_ENV);
  const members = await gather({ url: relay.url, site: { key: 'demo' } }, clients);
  try {
    await allSay(members, 'before');
    await until(() => members.every((member) => hasAll(member, 1)), 'everybody has their first message', 60_000);
    const killedAt = performance.now();
    await relay.kill();
    const writing = allSay(members, 'while it was away');
    const ready = relay.start().then(() => performance.now() - killedAt);
    const caughtUp = new Map<number, number>();
    await until(
      () => {
        for (const [i, member] of members.entries())
          if (!caughtUp.has(i) && hasAll(member, 2)) caughtUp.set(i, performance.now() - killedAt);
        return caughtUp.size === clients;
      },
      'everybody is caught up',
      60_000,
    );
    await writing;
    const times = [...caughtUp.values()];
    return {
      clients,
      p50: Math.round(percentile(times, 0.5)),
      p99: Math.round(percentile(times, 0.99)),
      slowest: Math.round(Math.max(...times)),
      readyAfterMs: Math.round(await ready),
    };
  } finally {
    for (const { session } of members) session.destroy();
    await relay.kill();
    await relay.remove();
  }
}
