import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { CommandHead, Verdict } from '../bus/role.ts';
import { type ErrorCode, FrontdeskError, type WireError } from '../protocol/errors.ts';
import type { Ack, Reject } from '../protocol/frames.ts';
import type { Batch, Clock, CommitQueue, Db, Persistence } from '../store/index.ts';
import { CommitUnsureError, prepared } from '../store/index.ts';

/** Who sends commands: a visitor or an operator, whatever token or socket they come by, and the outbox they use. */
export interface Sender {
  siteId: string;
  kind: 'visitor' | 'operator';
  id: string;
  outbox: { id: string; next: number };
}

/** Where a command came to stand. `visitorSeq` is null when the visitor's side does not see it. */
export interface Outcome {
  conversation: string;
  seq: number;
  visitorSeq: number | null;
  reference?: string;
}

/** What a handler gets beside the database. */
export interface CommandContext {
  batch: Batch;
  at: Date;
  command: { id: string; senderId: string; bodyHash: string };
}

/**
 * Decides first, then writes: a FrontdeskError thrown is the command's final refusal, so nothing may be written
 * before it.
 */
export type Execute = (db: Db, context: CommandContext) => Promise<Outcome>;

/** The relay's end of the outboxes: takes each sender's commands once and in their order [CM1–CM6]. */
export interface Inbox {
  take(
    sender: Sender,
    command: CommandHead,
    body: unknown,
    keys: readonly string[],
    execute: Execute,
  ): Promise<Verdict>;
  /** The number looked at next of an outbox, for the welcome. */
  next(sender: Sender): Promise<number>;
}

/** What a command locks and does. */
export interface Plan {
  keys: string[];
  execute: Execute;
}

/** Hands a command to the inbox with what it does. */
export function takeCommand(
  inbox: Inbox,
  sender: Sender,
  command: CommandHead,
  { keys, execute }: Plan,
): Promise<Verdict> {
  const { id, n, ...body } = command;
  return inbox.take(sender, { id, n }, body, keys, execute);
}

/** Takes the number of a command that may not be, so that the next one is not held up [FR2]. */
export const refuseCommand = (
  inbox: Inbox,
  sender: Sender,
  head: CommandHead,
  error: FrontdeskError,
): Promise<Verdict> =>
  inbox.take(sender, head, { refused: error.code }, [], async () => {
    throw error;
  });

type CommandRow = Persistence['t']['commands']['$inferSelect'];

const value = sql.placeholder;
const findOutbox = prepared('find-outbox', (db, { outboxes: o }) =>
  db
    .select({ next: o.next })
    .from(o)
    .where(and(eq(o.siteId, value('siteId')), eq(o.senderId, value('senderId')), eq(o.id, value('id')))),
);
const putOutbox = prepared('put-outbox', (db, { outboxes: o }) => {
  const moving = { next: value('next'), updatedAt: value('updatedAt') };
  return db
    .insert(o)
    .values({ siteId: value('siteId'), senderId: value('senderId'), id: value('id'), ...moving })
    .onConflictDoUpdate({
      target: [o.siteId, o.senderId, o.id],
      set: { next: sql`excluded.next`, updatedAt: sql`excluded.updated_at` },
    });
});
const findCommand = prepared('find-command', (db, { commands: c }) =>
  db
    .select()
    .from(c)
    .where(and(eq(c.siteId, value('siteId')), eq(c.senderId, value('senderId')), eq(c.commandId, value('commandId')))),
);
const putVerdict = prepared('put-verdict', (db, t) =>
  db.insert(t.commands).values({
    siteId: value('siteId'),
    senderId: value('senderId'),
    commandId: value('commandId'),
    n: value('n'),
    bodyHash: value('bodyHash'),
    conversationId: value('conversationId'),
    seq: value('seq'),
    visitorSeq: value('visitorSeq'),
    at: value('at'),
    reference: value('reference'),
  }),
);

/** Errors that say nothing about the command itself: it stays in the outbox and is tried again. */
const passing: ReadonlySet<ErrorCode> = new Set(['not-stored', 'internal', 'slow-down']);
const RETRY_MS = 1_000;

export function createInbox(deps: {
  store: Persistence;
  queue: CommitQueue;
  clock: Clock;
  onError(error: unknown, where: string): void;
}): Inbox {
  const { store, queue, clock, onError } = deps;
  const { t } = store;

  /** What is below the client's own first open number has its verdict, even if this store forgot (a restored backup). */
  const nextOf = (stored: number | undefined, sender: Sender) => Math.max(stored ?? 1, sender.outbox.next);

  const readNext = async (db: Db, sender: Sender) => {
    const [row] = await findOutbox(db, t).execute({ siteId: sender.siteId, senderId: sender.id, id: sender.outbox.id });
    return nextOf(row?.next, sender);
  };

  const advance = (batch: Batch, sender: Sender, next: number) => {
    const key = `outbox:${sender.outbox.id}`;
    batch.set(key, next);
    batch.finish(key, async (db) => {
      await putOutbox(db, t).execute({
        siteId: sender.siteId,
        senderId: sender.id,
        id: sender.outbox.id,
        next: batch.get<number>(key) ?? next,
        updatedAt: new Date(clock.now()),
      });
    });
  };

  const verdictOf = (row: CommandRow, n: number, kind: Sender['kind']): Ack | Reject => {
    if (row.error) return { type: 'reject', id: row.commandId, n, ...row.error };
    const seq = kind === 'visitor' ? row.visitorSeq : row.seq;
    return {
      type: 'ack',
      id: row.commandId,
      n,
      conversation: row.conversationId ?? '',
      seq: seq ?? 0,
      at: row.at.toISOString(),
      ...(row.reference !== null && { reference: row.reference }),
    };
  };

  const run = async (
    db: Db,
    batch: Batch,
    sender: Sender,
    head: CommandHead,
    bodyHash: string,
    execute: Execute,
  ): Promise<Verdict> => {
    const { id, n } = head;
    const next = batch.get<number>(`outbox:${sender.outbox.id}`) ?? (await readNext(db, sender));
    const [known] = await findCommand(db, t).execute({ siteId: sender.siteId, senderId: sender.id, commandId: id });
    if (known) {
      if (n === next) advance(batch, sender, n + 1);
      if (known.bodyHash !== bodyHash) return { type: 'reject', id, n, ...new FrontdeskError('id-reused').toWire() };
      return verdictOf(known, n, sender.kind);
    }
    if (n !== next)
      return { type: 'retry', id, n, next, ...new FrontdeskError('out-of-order').toWire(), retryAfterMs: 0 };

    const at = new Date(clock.now());
    const row: CommandRow = {
      siteId: sender.siteId,
      senderId: sender.id,
      commandId: id,
      n,
      bodyHash,
      conversationId: null,
      seq: null,
      visitorSeq: null,
      at,
      error: null,
      reference: null,
    };
    try {
      const outcome = await execute(db, { batch, at, command: { id, senderId: sender.id, bodyHash } });
      row.conversationId = outcome.conversation;
      row.seq = outcome.seq;
      row.visitorSeq = outcome.visitorSeq;
      row.reference = outcome.reference ?? null;
    } catch (error) {
      if (!(error instanceof FrontdeskError) || passing.has(error.code)) throw error;
      row.error = error.toWire();
    }
    // A refusal is rare and carries JSON, which a prepared query could not leave empty.
    if (row.error) await db.insert(t.commands).values(row);
    else await putVerdict(db, t).execute({ ...row });
    advance(batch, sender, n + 1);
    return verdictOf(row, n, sender.kind);
  };

  return {
    async take(sender, head, body, keys, execute) {
      const bodyHash = hashOf(body);
      const submit = (what: Execute) =>
        queue.submit({
          key: [`outbox:${sender.outbox.id}`, ...keys],
          run: (db, batch) => run(db, batch, sender, head, bodyHash, what),
        });
      try {
        return await submit(execute).catch((error) => {
          if (!(error instanceof FrontdeskError) || passing.has(error.code)) throw error;
          // What the engine itself will never take was rolled back whole: the refusal is kept by a write of its own.
          return submit(async () => {
            throw error;
          });
        });
      } catch (error) {
        // The commit may stand: no verdict; the socket is closed and the client asks again.
        if (error instanceof CommitUnsureError) throw error;
        const said: WireError =
          error instanceof FrontdeskError ? error.toWire() : new FrontdeskError('internal').toWire();
        if (!(error instanceof FrontdeskError)) onError(error, 'command');
        return { type: 'retry', id: head.id, n: head.n, next: head.n, ...said, retryAfterMs: RETRY_MS };
      }
    },
    next: (sender) => readNext(store.read, sender),
  };
}

/** SHA-256 of a command without its head, keys sorted, so that a retry is the same whatever order it was written in. */
function hashOf(body: unknown): string {
  const sorted = JSON.stringify(body, (key, value: unknown) => {
    if (key === '' || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash('sha256').update(sorted).digest('base64url');
}
