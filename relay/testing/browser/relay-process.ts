import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeTempDir } from '../temp-dir.ts';

const main = join(import.meta.dirname, '../../../dist/relay/main.js');
/** What `npm start` and the image give Node. */
export const SHIPPED_FLAGS = ['--max-semi-space-size=16'];
/** So long it may take to be ready, and so often that is looked at. */
const READY_MS = 20_000;
const LOOK_MS = 5;

/** A free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The shipped relay as a process of its own, to be killed and started again on the same data. */
export interface RelayProcess {
  readonly url: string;
  readonly owner: { email: string; password: string };
  readonly dataDir: string;
  /** Of the process that runs now. */
  readonly pid: number | undefined;
  /** As a power cut of the process would: SIGKILL, no farewell. */
  kill(): Promise<void>;
  /** Starts it (again) and waits until it is ready. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

export async function startRelayProcess(env: Record<string, string> = {}): Promise<RelayProcess> {
  const port = await freePort();
  const { path, remove } = makeTempDir();
  const dataDir = env.DATA_DIR ?? path;
  const url = `http://localhost:${port}`;
  const owner = { email: 'olga@shop.example', password: 'correct horse battery' };
  let child: ChildProcess | null = null;

  const start = async () => {
    const output: string[] = [];
    const started = spawn(process.execPath, [...SHIPPED_FLAGS, main], {
      env: {
        ...{ PATH: process.env.PATH ?? '', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
        ...{ OWNER_EMAIL: owner.email, OWNER_PASSWORD: owner.password },
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (data: Buffer) => output.push(String(data)));
    for (const end = Date.now() + READY_MS; Date.now() < end; ) {
      if (started.exitCode !== null) throw new Error(`The relay ended:\n${output.join('')}`);
      const ready = await fetch(`${url}/readyz`).catch(() => null);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    throw new Error(`The relay did not become ready:\n${output.join('')}`);
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const exited = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await exited;
  };

  await start();
  return {
    ...{ url, owner, dataDir, start },
    get pid() {
      return child?.pid;
    },
    kill: () => end('SIGKILL'),
    async remove() {
      await end('SIGTERM');
      remove();
    },
  };
}
