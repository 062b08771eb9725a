import { execFile } from 'node:child_process';
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const lock = join(root, 'node_modules', '.frontdesk-build');
/** A lock as old as this was left by a run that was cut short. */
const ABANDONED_MS = 120_000;

/** Builds what `npm start` would build, for tests of the shipped relay; of files that ask at once one builds. */
export async function buildForTests(): Promise<void> {
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    // A process of its own, since the test runner's NODE_ENV would make a development build.
    const { NODE_ENV: _, ...env } = process.env;
    await promisify(execFile)(process.execPath, [join(root, 'relay/build.ts')], { cwd: root, env });
  } finally {
    rmdirSync(lock);
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > ABANDONED_MS) rmdirSync(lock);
    return false;
  }
}
