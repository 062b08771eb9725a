import { type ChildProcess, spawn } from 'node:child_process';
import type { QueryCounts } from './count-queries.ts';
import type { CrashPoint } from './crash-points.ts';
import type { FromLabRelay, LabRelaySettings, ToLabRelay } from './lab-relay.ts';

/** The laboratory's relay as a process: killed and started again on the same data. */
export interface LabProcess {
  /** The port of the process that runs now; 0 while none does. */
  readonly port: number;
  /** What each start read from its live connection: `synchronous=FULL`. */
  readonly durability: readonly string[];
  /** Milliseconds from each start to its first answer. */
  readonly startMs: readonly number[];
  start(): Promise<void>;
  /** How many statements the process has run, when its settings have it count. */
  queries(): Promise<QueryCounts>;
  /** SIGKILL, now. */
  kill(): Promise<void>;
  /** Arms a crash point and waits; after `withinMs` it is killed all the same. True when it died at the point. */
  killAt(point: CrashPoint, nth: number, withinMs: number): Promise<boolean>;
}

type Ready = Extract<FromLabRelay, { port: number }>;

/** So long a start may take. */
const START_MS = 20_000;

export interface LabProcessSettings extends Omit<LabRelaySettings, 'port'> {
  /** Each start takes the port of the first; else it takes any, so that no start waits for the last one's port. */
  samePort?: boolean;
}

export function createLabProcess(bundle: string, { samePort, ...settings }: LabProcessSettings): LabProcess {
  let firstPort = 0;
  let child: ChildProcess | null = null;
  let port = 0;
  const durability: string[] = [];
  const startMs: number[] = [];

  const exited = (of: ChildProcess) =>
    of.exitCode !== null || of.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => of.once('exit', () => resolve()));

  async function kill(): Promise<void> {
    const dying = child;
    child = null;
    port = 0;
    if (!dying) return;
    dying.kill('SIGKILL');
    await exited(dying);
  }

  return {
    get port() {
      return port;
    },
    durability,
    startMs,
    kill,
    queries: () =>
      new Promise((resolve) => {
        child?.once('message', (message) => resolve((message as { queries: QueryCounts }).queries));
        child?.send({ queries: true } satisfies ToLabRelay);
      }),
    async start() {
      const began = performance.now();
      const output: string[] = [];
      const started = spawn(process.execPath, [bundle], {
        env: {
          PATH: process.env.PATH ?? '',
          LAB_LOG: process.env.LAB_LOG,
          LAB: JSON.stringify({ ...settings, port: samePort ? firstPort : 0 }),
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream?.on('data', (data: Buffer) => {
          output.push(String(data));
          if (process.env.LAB_LOG) process.stderr.write(data);
        });
      const ready = await new Promise<Ready>((resolve, reject) => {
        const late = setTimeout(() => started.kill('SIGKILL'), START_MS);
        started.once('message', (message) => {
          clearTimeout(late);
          resolve(message as Ready);
        });
        started.once('exit', () => {
          clearTimeout(late);
          reject(new Error(`The laboratory’s relay did not start:\n${output.join('')}`));
        });
      });
      startMs.push(performance.now() - began);
      durability.push(ready.durability);
      port = ready.port;
      firstPort ||= port;
    },
    async killAt(point, nth, withinMs) {
      const dying = child;
      if (!dying) return false;
      dying.send({ arm: point, nth } satisfies ToLabRelay, () => {});
      const atThePoint = await Promise.race([
        exited(dying).then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, withinMs, false)),
      ]);
      await kill();
      return atThePoint;
    },
  };
}
