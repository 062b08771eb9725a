/**
 * The relay under measurement, with its shipped limits: `node product.ts [--batch N]`; N is the most writes of one
 * commit (1: every message has a commit of its own). Prints where it listens and what a client needs to sign in.
 */
import { parseArgs } from 'node:util';
import { startTestRelay } from '../../testing/relay.ts';

const { values } = parseArgs({ options: { batch: { type: 'string' }, database: { type: 'string' } } });
const relay = await startTestRelay({
  databaseUrl: values.database,
  ...(values.batch && { maxBatch: Number(values.batch) }),
});
console.log(JSON.stringify({ port: Number(new URL(relay.url).port), site: relay.site.key, owner: relay.owner }));
process.on('SIGTERM', async () => {
  await relay.stop();
  process.exit(0);
});
