/**
 * `node relay/testing/fuzz/fuzz.ts [--inputs N] [--seed N]`: malformed inputs against everything that reads. Its last
 * line is the verdict; a failure names its surface, seed and number, with which it comes again.
 */
import { parseArgs } from 'node:util';
import { fuzzFrames, fuzzHellos, fuzzHttp, startFuzzTarget, stillServes } from './relay-fuzz.ts';
import { emptyTally } from './tally.ts';
import { fuzzMarkdown, fuzzPictures } from './texts.ts';
import { fuzzUploads } from './upload-fuzz.ts';

const { values } = parseArgs({ options: { inputs: { type: 'string' }, seed: { type: 'string' } } });
const inputs = Number(values.inputs ?? 200_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const say = (line: string) => process.stdout.write(`${line}\n`);
const megabytes = () => {
  (globalThis as { gc?: () => void }).gc?.();
  return Math.round(process.memoryUsage().rss / 1_048_576);
};

process.on('uncaughtException', (error) => {
  say(`crash: ${error.stack}`);
  process.exitCode = 1;
  process.exit();
});
process.on('unhandledRejection', (error) => {
  throw error;
});

say(`seed ${seed}, ${inputs} inputs`);
const tally = emptyTally();
const target = await startFuzzTarget();
const share = (part: number) => Math.ceil(inputs * part);
const rounds = 10;
const memory: number[] = [];
for (let round = 0; round < rounds; round++) {
  const from = seed + round * 100;
  const part = (of: number) => Math.ceil(share(of) / rounds);
  await fuzzHttp(tally, target, from, part(0.28));
  await fuzzUploads(tally, target, from + 6, part(0.02));
  await fuzzFrames(tally, target, 'visitor', from + 1, part(0.22));
  await fuzzFrames(tally, target, 'operator', from + 2, part(0.2));
  await fuzzHellos(tally, target, from + 3, part(0.02));
  await fuzzMarkdown(tally, from + 4, part(0.14));
  await fuzzPictures(tally, from + 5, part(0.13));
  memory.push(megabytes());
  say(
    `round ${round + 1} of ${rounds}: ${JSON.stringify(tally.inputs)}, ${memory.at(-1)} MB, ${tally.failures.length} failures`,
  );
  if (tally.failures.length >= 20) break;
}
const serves = await stillServes(target);
await target.relay.stop();
for (const failure of tally.failures) say(JSON.stringify(failure));
const sum = Object.values(tally.inputs).reduce((all, one) => all + one, 0);
say(
  `memory after each round, MB: ${memory.join(' ')}; slowest input ${Math.round(tally.slowestMs)} ms of processor time`,
);
const ok = serves && tally.failures.length === 0 && sum >= inputs;
say(`${ok ? 'ok' : 'FAILED'}: ${sum} malformed inputs, ${tally.failures.length} failures, seed ${seed}`);
process.exit(ok ? 0 : 1);
