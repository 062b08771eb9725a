import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A server under measurement: a process of its own that prints one line of JSON when it listens. */
export interface ServerProcess<Said = { port: number }> {
  readonly said: Said;
  /** CPU seconds used so far, user and system. */
  cpuSeconds(): number;
  /** Resident memory in bytes. */
  rss(): number;
  /** Ends it and waits until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const TICKS = 100;

/** Starts a program with Node and waits for its first line. */
export async function startServer<Said = { port: number }>(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ServerProcess<Said>> {
  const child: ChildProcess = spawn(process.execPath, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (data: Buffer) => {
      text += String(data);
      const found = text.split('\n').find((one) => one.startsWith('{'));
      if (found && text.includes('\n', text.indexOf(found))) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code} before it listened`)));
  });
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  return {
    said: JSON.parse(line) as Said,
    cpuSeconds() {
      const fields = proc('stat').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1] ?? 0) * 1024,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}
