import { type Batch, OpenBatch } from './batch.ts';
import { CommitUnsureError, isUnwritable } from './errors.ts';
import type { Db, Persistence } from './persistence.ts';

/** One thing to be written, whole or not at all. */
export interface Write<T> {
  /**
   * What it touches (a conversation's id, an outbox): locked before the first write of the transaction, so that the
   * batches of several relays on Postgres never wait for each other in a circle.
   */
  key: string | readonly string[];
  /** May run more than once (a retry on Postgres), so it keeps no state outside of `db` and `batch`. */
  run(db: Db, batch: Batch): Promise<T>;
  /**
   * `run` only reads, and leaves all it writes to `batch.finish`: it needs no savepoint, since there is nothing to undo
   * when it throws.
   */
  readsOnly?: boolean;
}

/** Counts since the start, for metrics. */
export interface CommitCounts {
  batches: number;
  writes: number;
}

/** Group commit: everything that is submitted in one tick, or while a transaction runs, goes into one transaction. */
export interface CommitQueue {
  /**
   * Resolves after the commit, hooks of the batch included. Rejects with what `run` threw (nothing of this write is
   * stored then), with `not-stored`, or with `CommitUnsureError`. Never await it inside of a `run`.
   */
  submit<T>(write: Write<T>): Promise<T>;
  /** Resolves when nothing waits and nothing runs. */
  drained(): Promise<void>;
  /** Writes that wait now. */
  waiting(): number;
  readonly counts: Readonly<CommitCounts>;
}

export interface CommitQueueOptions {
  /** Called once for a transaction whose outcome is unknown, before its writes reject. */
  onUnsure?: (error: CommitUnsureError) => void;
  /** An `afterCommit` hook threw, which it must not; the others run all the same. */
  onFault?: (error: unknown) => void;
  /** Called after each commit, with how many writes it had and how long it took. */
  onCommit?: (writes: number, ms: number) => void;
  /** Most writes in one transaction. */
  maxBatch?: number;
}

interface Waiting {
  write: Write<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** The queue over one store; a relay has one. */
export function createCommitQueue(store: Persistence, options: CommitQueueOptions = {}): CommitQueue {
  const { onUnsure, onCommit, onFault = console.error, maxBatch = 512 } = options;
  const counts: CommitCounts = { batches: 0, writes: 0 };
  const waiting: Waiting[] = [];
  let scheduled = false;
  let idle: (() => void)[] = [];

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(drain);
  }

  async function drain(): Promise<void> {
    const taken = waiting.splice(0, maxBatch);
    await commit(taken);
    scheduled = false;
    if (waiting.length > 0) {
      schedule();
      return;
    }
    const resolved = idle;
    idle = [];
    for (const resolve of resolved) resolve();
  }

  async function commit(taken: readonly Waiting[]): Promise<void> {
    const begun = performance.now();
    let outcomes: Outcome[] = [];
    let batch = new OpenBatch(taken.length === 1);
    try {
      await store.tx(async (db) => {
        /* From the start at every try: nothing of a failed one may be left. */
        outcomes = [];
        batch = new OpenBatch(taken.length === 1);
        if (store.dialect === 'pg') await store.lockNames(db, namesOf(taken));
        for (const { write } of taken) outcomes.push(await runOne(db, batch, write));
        await batch.runFinishers(db);
      });
    } catch (error) {
      await fail(taken, error);
      return;
    }
    counts.batches += 1;
    counts.writes += taken.length;
    onCommit?.(taken.length, performance.now() - begun);
    for (const hook of batch.hooks()) {
      try {
        hook();
      } catch (error) {
        onFault(error);
      }
    }
    for (const [index, { resolve, reject }] of taken.entries()) {
      const outcome = outcomes[index];
      if (outcome?.ok) resolve(outcome.value);
      else reject(outcome?.error);
    }
  }

  async function runOne(db: Db, batch: OpenBatch, write: Write<unknown>): Promise<Outcome> {
    try {
      const run = () => write.run(db, batch);
      const value = await (write.readsOnly ? run() : store.savepoint(db, run));
      batch.keep();
      return { ok: true, value };
    } catch (error) {
      if (store.endsTransaction(db, error, write.readsOnly)) throw error;
      batch.drop();
      return { ok: false, error };
    }
  }

  /** The whole transaction failed. One write may be to blame, through a finisher: it is found by halves, the others stand. */
  async function fail(taken: readonly Waiting[], error: unknown): Promise<void> {
    const unsure = error instanceof CommitUnsureError;
    if (taken.length > 1 && !unsure && !isUnwritable(error)) {
      const half = taken.length >> 1;
      await commit(taken.slice(0, half));
      await commit(taken.slice(half));
      return;
    }
    if (unsure) onUnsure?.(error);
    for (const { reject } of taken) reject(error);
  }

  return {
    submit<T>(write: Write<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ write, resolve: resolve as (value: unknown) => void, reject });
        schedule();
      });
    },
    drained: () => (scheduled || waiting.length > 0 ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()),
    waiting: () => waiting.length,
    counts,
  };
}

function namesOf(taken: readonly Waiting[]): string[] {
  const names = new Set<string>();
  for (const { write } of taken) {
    if (typeof write.key === 'string') names.add(write.key);
    else for (const name of write.key) names.add(name);
  }
  return [...names];
}
