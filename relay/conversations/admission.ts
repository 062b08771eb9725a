import type { Limited, Limits } from '../bus/limits.ts';
import type { CommandHead, LiveSession, Verdict } from '../bus/role.ts';
import { FrontdeskError } from '../protocol/errors.ts';

/** What is to be counted of a frame. */
export interface Wanted {
  what: Limited;
  by: Parameters<Limits['take']>[1];
  cost?: number;
}

/** Lets the frames of one line through as fast as the limits allow, in their order. */
export interface Admission {
  /** Runs the command, or answers `retry`: it stays in the client's outbox and comes again [CM6]. */
  command(head: CommandHead, wanted: readonly Wanted[], run: () => Promise<Verdict>): Promise<Verdict>;
  /**
   * Whether a `follow` may be answered. A client waits for its answer, so one that may not ends the line instead, and is
   * asked back later: it resumes then, and nothing is missed.
   */
  follow(session: LiveSession, wanted: Wanted): Promise<boolean>;
}

const NOTHING = Promise.resolve();

/** A class, since every socket has one: its functions are shared. */
class LineAdmission implements Admission {
  readonly #limits: Limits;
  /* Counting takes a moment: a command that is counted twice must not be overtaken by one that is counted once. */
  #before: Promise<unknown> = NOTHING;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  command({ id, n }: CommandHead, wanted: readonly Wanted[], run: () => Promise<Verdict>): Promise<Verdict> {
    const counted = this.#before.then(() => this.#count(wanted));
    const verdict = counted.then(run, (error): Verdict => {
      if (!(error instanceof FrontdeskError) || error.code !== 'slow-down') throw error;
      return { type: 'retry', id, n, next: n, ...error.toWire() };
    });
    this.#before = counted.catch(() => {});
    return verdict;
  }

  async follow(session: LiveSession, { what, by, cost }: Wanted): Promise<boolean> {
    try {
      await this.#limits.take(what, by, cost);
      return true;
    } catch (error) {
      if (!(error instanceof FrontdeskError)) throw error;
      session.send({ type: 'goodbye', retryAfterMs: error.detail.retryAfterMs ?? 1_000 });
      session.close('overloaded');
      return false;
    }
  }

  async #count(wanted: readonly Wanted[]): Promise<void> {
    for (const { what, by, cost } of wanted) await this.#limits.take(what, by, cost);
  }
}

export const createAdmission = (limits: Limits): Admission => new LineAdmission(limits);
