import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from './clients.ts';
import { tempDir } from './temp-dir.ts';

const root = join(import.meta.dirname, '../..');

/** A process that a test started: what it said, how to end it, and how it ended. */
export interface TestProcess {
  readonly said: { stdout: string; stderr: string };
  readonly pid: number;
  signal(name: NodeJS.Signals): void;
  stop(): void;
  /** Its exit code; null when a signal ended it. */
  ended(): Promise<number | null>;
  ready(port: number): Promise<unknown>;
}

/** Runs a program with these settings and no others; it is killed when the test ends. */
export function runProcess(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
  cwd: string = tempDir(),
  as: { uid?: number; gid?: number } = {},
): TestProcess {
  const child = spawn(program, args, {
    ...{ cwd, ...as },
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => {
    said.stdout += String(data);
  });
  child.stderr.on('data', (data: Buffer) => {
    said.stderr += String(data);
  });
  let code: number | null | undefined;
  // `close` comes after the last output, `exit` may come before it.
  child.on('close', (given) => {
    code = given;
  });
  return {
    said,
    pid: child.pid ?? 0,
    signal: (name) => void child.kill(name),
    stop: () => void child.kill('SIGTERM'),
    ended: async () => {
      await until(() => code !== undefined, `the end of ${program}; it said: ${said.stdout}${said.stderr}`, 15_000);
      return code ?? null;
    },
    ready: (port) =>
      until(
        async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok,
        `the relay to be ready; it said: ${said.stdout}${said.stderr}`,
      ),
  };
}

/** The shipped relay with these settings and no others. */
export const runRelay = (env: Record<string, string>): TestProcess =>
  runProcess(process.execPath, [join(root, 'dist/relay/main.js')], env);

/** The shipped command line, `npx frontdesk ARGS`. */
export const runCommand = (args: readonly string[], env: Record<string, string>): TestProcess =>
  runProcess(process.execPath, [join(root, 'dist/relay/cli.js'), ...args], env);
