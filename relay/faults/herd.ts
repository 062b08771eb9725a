import { until } from '../testing/clients.ts';
import { makeTempDir } from '../testing/temp-dir.ts';
import { allSay, gather, hasAll, percentile } from './crowd.ts';
import { createLabProcess } from './lab-process.ts';

export interface Herd {
  clients: number;
  /** Milliseconds from the moment all come back at once until the last is welcome, and until half of them are. */
  allAfterMs: number;
  halfAfterMs: number;
  /** Statements the relay ran for each of them, over SQLite. */
  readsEach: number;
  writesEach: number;
}

/** Everybody comes back in the same moment, to a relay that has just started. */
export async function herd(bundle: string, clients: number): Promise<Herd> {
  const { path: dataDir, remove } = makeTempDir();
  const operators = [{ email: 'o0@lab.example', password: 'correct horse battery' }];
  const relay = createLabProcess(bundle, { dataDir, site: 'lab', operators, countQueries: true, samePort: true });
  await relay.start();
  const members = await gather({ url: `http://127.0.0.1:${relay.port}`, site: { key: 'lab' } }, clients);
  try {
    await allSay(members, 'before');
    await until(() => members.every((member) => hasAll(member, 1)), 'everybody has their message', 60_000);
    for (const { session } of members) session.disconnect();
    await relay.kill();
    await relay.start();
    const before = await relay.queries();
    const began = performance.now();
    const back = new Map<number, number>();
    for (const [i, { session }] of members.entries()) {
      session.on('welcome', () => back.set(i, back.get(i) ?? performance.now() - began));
      session.connect();
    }
    await until(() => back.size === clients, 'everybody is back', 60_000);
    const after = await relay.queries();
    const each = (name: 'reads' | 'writes') => Math.round(((after[name] - before[name]) / clients) * 100) / 100;
    const times = [...back.values()];
    return {
      clients,
      allAfterMs: Math.round(Math.max(...times)),
      halfAfterMs: Math.round(percentile(times, 0.5)),
      readsEach: each('reads'),
      writesEach: each('writes'),
    };
  } finally {
    for (const { session } of members) session.destroy();
    await relay.kill();
    remove();
  }
}
