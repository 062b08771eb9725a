/** An input that did what no input may do; `seed` and `no` make it again. */
export interface Failure {
  surface: string;
  seed: number;
  no: number;
  what: string;
  input: string;
}

/** What came of a run. */
export interface Tally {
  inputs: Record<string, number>;
  failures: Failure[];
  /** The longest any one input kept the processor busy, in milliseconds. */
  slowestMs: number;
}

export const emptyTally = (): Tally => ({ inputs: {}, failures: [], slowestMs: 0 });

/** Processor time after which an input counts as a hang. Not the clock's: machines are shared. */
const HANG_MS = 1_000;

/** Runs one input and notes whether it threw, hung, or said what it may not (`judge` gives a sentence then). */
export async function tried<T>(
  tally: Tally,
  at: { surface: string; seed: number; no: number; input: () => string },
  run: () => T | Promise<T>,
  judge: (result: T) => string | null,
): Promise<void> {
  const { surface, seed, no } = at;
  tally.inputs[surface] = (tally.inputs[surface] ?? 0) + 1;
  const fail = (what: string) => {
    if (tally.failures.length < 50) tally.failures.push({ surface, seed, no, what, input: at.input().slice(0, 600) });
  };
  const before = process.cpuUsage();
  try {
    const wrong = judge(await run());
    if (wrong !== null) fail(wrong);
  } catch (error) {
    fail(`threw ${error instanceof Error ? (error.stack ?? error.message).slice(0, 500) : String(error)}`);
  }
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1_000;
  tally.slowestMs = Math.max(tally.slowestMs, ms);
  if (ms > HANG_MS) fail(`kept the processor busy for ${Math.round(ms)} ms`);
}
