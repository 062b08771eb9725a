import type { Db } from './persistence.ts';

/** What a write may use besides the database while its transaction is open. */
export interface Batch {
  /** Whether its transaction has this one write: the batch as a whole failed before, or nothing else was waiting. */
  readonly alone: boolean;
  /**
   * A note of this transaction, shared by its writes (a row read earlier, things to announce at the end). Replace
   * values, never change them in place: what a write has set is taken back when that write is rolled back.
   */
  get<T>(key: string): T | undefined;
  set<T>(key: string, value: T): void;
  /** Runs after the commit, in order; dropped with the write that asked for it. It must not throw. */
  afterCommit(fn: () => void): void;
  /**
   * Runs once per key, in the order of the keys, after the last write and before the commit; dropped when every write
   * that asked for it was rolled back. `afterCommit` may be used inside.
   */
  finish(key: string, fn: (db: Db) => Promise<void>): void;
}

type Finisher = (db: Db) => Promise<void>;

/** The batch of one try of one transaction: a write's hooks and notes count only once `keep` was called for it. */
export class OpenBatch implements Batch {
  readonly #notes = new Map<string, unknown>();
  readonly #finishers = new Map<string, Finisher>();
  readonly #hooks: (() => void)[] = [];
  /* Of the write that runs now. */
  #undo: [string, unknown][] = [];
  #freshFinishers: [string, Finisher][] = [];
  #freshHooks: (() => void)[] = [];
  readonly alone: boolean;

  constructor(alone: boolean) {
    this.alone = alone;
  }

  get<T>(key: string): T | undefined {
    return this.#notes.get(key) as T | undefined;
  }

  set<T>(key: string, value: T): void {
    this.#undo.push([key, this.#notes.get(key)]);
    this.#notes.set(key, value);
  }

  afterCommit(fn: () => void): void {
    this.#freshHooks.push(fn);
  }

  finish(key: string, fn: Finisher): void {
    this.#freshFinishers.push([key, fn]);
  }

  /** The write that ran last stands. */
  keep(): void {
    for (const [key, fn] of this.#freshFinishers) {
      if (!this.#finishers.has(key)) this.#finishers.set(key, fn);
    }
    for (const hook of this.#freshHooks) this.#hooks.push(hook);
    this.#forget();
  }

  /** The write that ran last was rolled back. */
  drop(): void {
    for (const [key, before] of this.#undo.reverse()) this.#notes.set(key, before);
    this.#forget();
  }

  /** Runs the finishers, those included that a finisher asks for. Sorted: relays that share rows meet in one order. */
  async runFinishers(db: Db): Promise<void> {
    while (this.#finishers.size > 0) {
      const finishers = [...this.#finishers].sort(([a], [b]) => (a < b ? -1 : 1));
      this.#finishers.clear();
      for (const [, fn] of finishers) await fn(db);
      this.keep();
    }
  }

  /** What is to be run after the commit. */
  hooks(): readonly (() => void)[] {
    return this.#hooks;
  }

  #forget(): void {
    this.#undo.length = 0;
    this.#freshFinishers.length = 0;
    this.#freshHooks.length = 0;
  }
}
