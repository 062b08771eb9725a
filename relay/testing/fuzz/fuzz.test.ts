import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectWholeStore } from '../whole-store.ts';
import { mutateText } from './mutate.ts';
import { type FuzzTarget, fuzzFrames, fuzzHellos, fuzzHttp, startFuzzTarget, stillServes } from './relay-fuzz.ts';
import { emptyTally, tried } from './tally.ts';
import { fuzzMarkdown, fuzzPictures, wrongNodes } from './texts.ts';
import { fuzzUploads } from './upload-fuzz.ts';

/** A sample of the long run (`npm run fuzz`), which takes other seeds each time. */
const SEED = 20_260_901;

let target: FuzzTarget;
beforeAll(async () => {
  target = await startFuzzTarget();
});
afterAll(async () => {
  await target.relay.stop();
});

test('[S4] [S9] [FR1] damaged requests, frames, hellos, texts, pictures and files break nothing', async () => {
  const tally = emptyTally();
  await fuzzHttp(tally, target, SEED, 900);
  await fuzzFrames(tally, target, 'visitor', SEED + 1, 600);
  await fuzzFrames(tally, target, 'operator', SEED + 2, 600);
  await fuzzHellos(tally, target, SEED + 3, 60);
  await fuzzMarkdown(tally, SEED + 4, 500);
  await fuzzPictures(tally, SEED + 5, 2_000);
  await fuzzUploads(tally, target, SEED + 6, 200);
  expect(tally.failures).toEqual([]);
  expect(Object.values(tally.inputs).reduce((all, one) => all + one, 0)).toBeGreaterThanOrEqual(4_800);
  expect(await stillServes(target)).toBe(true);
  await expectWholeStore(target.relay.store);
}, 120_000);

test('the same seed makes the same inputs, and what is wrong is caught', async () => {
  const { seeded } = await import('../seeded.ts');
  const once = () => {
    const random = seeded(5);
    return Array.from({ length: 20 }, () => mutateText(random, 'some text to damage'));
  };
  expect(once()).toEqual(once());
  expect(wrongNodes([{ t: 'p', c: [{ t: 'script', c: ['x'] }] }])).toBe('tag script');
  expect(wrongNodes([{ t: 'a', u: 'javascript:alert(1)', c: ['x'] }])).toMatch(/^address/);
  const tally = emptyTally();
  const at = { surface: 'x', seed: 1, no: 2, input: () => 'given' };
  await tried(
    tally,
    at,
    () => Promise.reject(new Error('broken')),
    () => null,
  );
  await tried(
    tally,
    at,
    () => 500,
    (status) => (status >= 500 ? 'answered 500' : null),
  );
  await tried(
    tally,
    at,
    () => {
      // Work, not a wait: it is the processor's time that counts.
      for (let sum = 0, before = process.cpuUsage(); sum < 1_100_000; ) {
        for (let i = 0; i < 1e6; i++) Math.sqrt(i);
        const { user, system } = process.cpuUsage(before);
        sum = user + system;
      }
    },
    () => null,
  );
  expect(tally.failures.map(({ what }) => what.split('\n')[0])).toEqual([
    expect.stringContaining('threw Error: broken'),
    'answered 500',
    expect.stringContaining('kept the processor busy'),
  ]);
});
