/** `npm run test:long`: what `npm test` takes samples of, at full length, one after another. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const runs: string[][] = [
  ['node', '--expose-gc', 'relay/testing/fuzz/fuzz.ts'],
  ['node', 'relay/faults/run.ts'],
  ['vitest', 'run', 'relay/faults/outbox-model.test.ts'],
  [
    'playwright',
    'test',
    '-c',
    'relay/testing/browser/playwright.config.ts',
    'killed-tabs',
    'isolation',
    'accessibility',
  ],
];
const lengths = { MODEL_RUNS: '20000', KILLED_TABS: '500', HOST_STYLES: 'all', GALLERY: 'all' };
const failed = runs.filter(([program = '', ...args]) => {
  process.stdout.write(`\n── ${args.join(' ')}\n`);
  const PATH = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  return (
    spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...lengths, PATH } }).status !== 0
  );
});
process.exit(failed.length === 0 ? 0 : 1);
