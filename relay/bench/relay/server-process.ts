import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A server under measurement: a process of its own that prints one line of JSON when it listens. */
export interface ServerProcess<Said = { port: number }> {
  readonly said: Said;
  /** CPU seconds used so far, user and system. */
  cpuSeconds(): number;
  /** Resident memory in bytes. */
  rss(): number;
  /** Sends a signal that it answers with a line of JSON. */
  ask<Answer>(signal: NodeJS.Signals): Promise<Answer>;
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
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let text = '';
  let heard = (_: string) => {};
  child.stdout?.on('data', (data: Buffer) => {
    const lines = (text + String(data)).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{')) heard(line);
  });
  const nextLine = () =>
    new Promise<string>((resolve, reject) => {
      heard = resolve;
      child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
    });
  const line = await nextLine();
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  return {
    said: JSON.parse(line) as Said,
    cpuSeconds() {
      const fields = proc('stat').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1] ?? 0) * 1024,
    async ask<Answer>(signal: NodeJS.Signals) {
      const answer = nextLine();
      child.kill(signal);
      return JSON.parse(await answer) as Answer;
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}
