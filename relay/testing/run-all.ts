/** `npm test`: everything a change has to pass, and one closing line that counts. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const reports = mkdtempSync(join(tmpdir(), 'frontdesk-test-'));
const unitReport = join(reports, 'unit.json');
const browserReport = join(reports, 'browser.json');

interface Step {
  name: string;
  command: string[];
  env?: Record<string, string>;
}

const steps: Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '.'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'unused code', command: ['knip'] },
  {
    name: 'unit and integration',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  },
  { name: 'build', command: ['node', 'relay/build.ts'] },
  { name: 'sizes', command: ['node', 'relay/testing/size.ts'] },
  {
    name: 'browser',
    command: ['playwright', 'test', '-c', 'relay/testing/browser/playwright.config.ts'],
    env: { RUN_ALL: browserReport },
  },
];

const failedSteps: string[] = [];
for (const { name, command, env } of steps) {
  process.stdout.write(`\n── ${name}\n`);
  const [program = '', ...args] = command;
  const bin = join(root, 'node_modules/.bin');
  const run = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, PATH: `${bin}:${process.env.PATH}` },
  });
  if (run.status !== 0) failedSteps.push(name);
}

/** What a report counts; nothing when the step did not come so far. */
function count(
  path: string,
  read: (report: never) => { passed: number; failed: number },
): { passed: number; failed: number } {
  try {
    return read(JSON.parse(readFileSync(path, 'utf8')) as never);
  } catch {
    return { passed: 0, failed: 0 };
  }
}
const unit = count(unitReport, (report: { numPassedTests: number; numFailedTests: number }) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
}));
const browser = count(browserReport, (report: { stats: { expected: number; unexpected: number } }) => ({
  passed: report.stats.expected,
  failed: report.stats.unexpected,
}));
const passed = unit.passed + browser.passed;
// A step that failed without a failed test (lint, types, a size, a crash) counts as one.
const failed = Math.max(unit.failed + browser.failed, failedSteps.length);
if (failedSteps.length > 0) process.stdout.write(`\nFailed: ${failedSteps.join(', ')}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failedSteps.length === 0 && passed > 0 ? 0 : 1);
