/**
 * The relay under measurement, with its shipped limits: `node product.ts [--batch N] [--data DIR]`; N is the most writes
 * of one commit (1: every message has a commit of its own). Prints where it listens and what a client needs to sign in;
 * at SIGUSR2 how long its event loop stood still since the last time.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { startTestRelay } from '../../testing/relay.ts';
import './end-with-parent.ts';

const { values } = parseArgs({
  options: { batch: { type: 'string' }, data: { type: 'string' }, port: { type: 'string' } },
});
const relay = await startTestRelay({
  ...(values.batch && { maxBatch: Number(values.batch) }),
  ...(values.data && { dataDir: values.data }),
  ...(values.port && { port: Number(values.port) }),
});
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('SIGUSR2', () => {
  console.log(JSON.stringify({ loopMaxMs: delay.max / 1e6, loopP99Ms: delay.percentile(99) / 1e6 }));
  delay.reset();
});
process.on('SIGTERM', async () => {
  await relay.stop();
  process.exit(0);
});
console.log(JSON.stringify({ port: Number(new URL(relay.url).port), site: relay.site.key, owner: relay.owner }));
