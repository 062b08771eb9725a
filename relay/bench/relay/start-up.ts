import { readdirSync, readFileSync } from 'node:fs';
import { startRelayProcess } from '../../testing/browser/relay-process.ts';
import { percentile, round } from '../statistics.ts';

/** The shipped relay, bundled, with console and demo: ready after a kill, and what it takes idle. */
export async function measureStartUp(kills: number) {
  const relay = await startRelayProcess({});
  const times: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await relay.kill();
    const begun = performance.now();
    await relay.start();
    times.push(performance.now() - begun);
  }
  await fetch(`${relay.url}/demo/`);
  await fetch(`${relay.url}/console/`);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const rssMb = rssOf(relay.dataDir) / 1_024;
  await relay.remove();
  const by = (p: number) => round(percentile(times, p), 0);
  return { kills, readyMs: { p50: by(0.5), p99: by(0.99) }, idleRssMb: round(rssMb, 0) };
}

/** Resident kilobytes of the process that was started on this data. */
function rssOf(dataDir: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DATA_DIR=${dataDir}\0`)) continue;
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended meanwhile, or belongs to somebody else.
    }
  }
  return 0;
}
