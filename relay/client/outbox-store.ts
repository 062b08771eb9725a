import type { Command, Draft } from '../protocol/frames.ts';

/** The outbox's identity and its next free number. */
export interface OutboxHead {
  id: string;
  /** The number the next command gets. */
  next: number;
}

/**
 * Where an outbox keeps what has no verdict yet. One contract suite runs over every implementation.
 * Numbers are given inside the store's own transaction, so that two tabs never give the same one twice.
 */
export interface OutboxStore<C extends Command = Command> {
  head(): Promise<OutboxHead>;
  /** All kept commands, by number. */
  list(): Promise<C[]>;
  add(draft: Draft<C>, id: string): Promise<C>;
  /** Forgets a command that has its verdict; never rejects: who finds it again asks again. */
  settle(id: string): Promise<void>;
  /** A fresh identity: the kept commands get the numbers 1, 2, … under a new outbox id. */
  renew(): Promise<void>;
  close(): void;
  /** False when a closed tab loses what is here. */
  readonly durable: boolean;
}
