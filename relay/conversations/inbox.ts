import { hash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { CommandHead, Verdict } from '../bus/role.ts';
import { type ErrorCode, FrontdeskError, type WireError } from '../protocol/errors.ts';
import type { Batch, Clock, CommitQueue, Db, Persistence } from '../store/index.ts';
import { CommitUnsureError, prepared } from '../store/index.ts';
import { createRecent } from './recent.ts';
import { createVerdicts, type Kept, verdictOf } from './verdicts.ts';

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
  /** Whether it wrote an event, which then is its verdict; otherwise the verdict is stored by itself. */
  logged: boolean;
}

/** What a handler gets beside the database. */
export interface CommandContext {
  batch: Batch;
  at: Date;
  command: { id: string; senderId: string; bodyHash: string };
}

/**
 * Decides, and leaves what it writes to the batch; with `db` it only reads. A FrontdeskError thrown is the command's
 * final refusal.
 */
export type Execute = (db: Db, context: CommandContext) => Promise<Outcome>;

/** The relay's end of the outboxes: takes each sender's commands once and in their order [CM1–CM6]. */
export interface Inbox {
  take(sender: Sender, command: CommandHead, body: object, keys: readonly string[], execute: Execute): Promise<Verdict>;
  /** The number looked at next of an outbox, for the welcome. */
  next(sender: Sender): Promise<number>;
  /** The same where the stored number is known already; null: it has sent nothing yet. */
  nextOf(stored: number | null, sender: Sender): number;
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
/** Errors that say nothing about the command itself: it stays in the outbox and is tried again. */
const passing: ReadonlySet<ErrorCode> = new Set(['not-stored', 'internal', 'slow-down']);
const RETRY_MS = 1_000;
/** Outboxes whose next number is kept in memory where that is allowed. */
const OUTBOXES_KEPT = 20_000;

export function createInbox(deps: {
  store: Persistence;
  queue: CommitQueue;
  clock: Clock;
  onError(error: unknown, where: string): void;
}): Inbox {
  const { store, queue, clock, onError } = deps;
  const { t } = store;

  /** What is below the client's own first open number has its verdict, even if this store forgot (a restored backup). */
  const nextOf = (stored: number | null | undefined, sender: Sender) => Math.max(stored ?? 1, sender.outbox.next);

  const recent = createRecent<number>(store.exclusive, OUTBOXES_KEPT);
  const verdicts = createVerdicts(store);

  const readNext = async (db: Db, sender: Sender) => {
    const kept = recent.get(outboxKey(sender));
    if (kept !== undefined) return nextOf(kept, sender);
    const [row] = await findOutbox(db, t).execute({ siteId: sender.siteId, senderId: sender.id, id: sender.outbox.id });
    return nextOf(row?.next, sender);
  };

  const advance = (batch: Batch, sender: Sender, next: number) => {
    const key = outboxKey(sender);
    const begun = batch.get<number>(key) !== undefined;
    batch.set(key, next);
    if (begun) return;
    batch.finish(key, async (db) => {
      const last = batch.get<number>(key) ?? next;
      recent.set(batch, key, last);
      await putOutbox(db, t).execute({
        siteId: sender.siteId,
        senderId: sender.id,
        id: sender.outbox.id,
        next: last,
        updatedAt: new Date(clock.now()),
      });
    });
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
    const next = batch.get<number>(outboxKey(sender)) ?? (await readNext(db, sender));
    const answerAgain = (known: Kept): Verdict => {
      if (n === next) advance(batch, sender, n + 1);
      if (known.bodyHash !== bodyHash) return { type: 'reject', id, n, ...new FrontdeskError('id-reused').toWire() };
      return verdictOf(known, n, sender.kind);
    };
    // A number that comes in its turn is of a command never seen, as good as always. If not: an event of that id makes
    // the unique index refuse the batch, whose writes run again by halves until this one is alone and looks; a verdict
    // without an event is looked for where the sender has any.
    const looks =
      n !== next || batch.alone || batch.get(id) !== undefined || (await verdicts.hasRows(db, batch, sender));
    const known = looks ? await verdicts.find(db, batch, sender, id) : undefined;
    if (known) return answerAgain(known);
    if (n !== next)
      return { type: 'retry', id, n, next, ...new FrontdeskError('out-of-order').toWire(), retryAfterMs: 0 };

    const at = new Date(clock.now());
    const kept: Kept = {
      commandId: id,
      bodyHash,
      conversationId: null,
      seq: null,
      visitorSeq: null,
      at,
      error: null,
      reference: null,
    };
    let logged = false;
    try {
      const outcome = await execute(db, { batch, at, command: { id, senderId: sender.id, bodyHash } });
      kept.conversationId = outcome.conversation;
      kept.seq = outcome.seq;
      kept.visitorSeq = outcome.visitorSeq;
      kept.reference = outcome.reference ?? null;
      logged = outcome.logged;
    } catch (error) {
      if (!(error instanceof FrontdeskError) || passing.has(error.code)) throw error;
      kept.error = error.toWire();
    }
    const before = logged || looks ? undefined : await verdicts.find(db, batch, sender, id);
    if (before) return answerAgain(before);
    verdicts.keep(batch, sender, n, kept, logged);
    advance(batch, sender, n + 1);
    return verdictOf(kept, n, sender.kind);
  };

  return {
    async take(sender, head, body, keys, execute) {
      const bodyHash = hashOf(body);
      const submit = (what: Execute) =>
        queue.submit({
          key: [outboxKey(sender), ...keys],
          run: (db, batch) => run(db, batch, sender, head, bodyHash, what),
          readsOnly: true,
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
    nextOf,
  };
}

const outboxKey = ({ siteId, id, outbox }: Sender) => `outbox:${siteId}:${id}:${outbox.id}`;

/**
 * SHA-256 of a command without its head. A checked command has its keys in the order of its schema, so that a retry is
 * the same whatever order it was written in; only what is kept by the site's own keys has to be sorted.
 */
function hashOf(body: object): string {
  const name = 'fields' in body ? 'fields' : 'answers';
  const named = (body as Record<string, unknown>)[name];
  const sorted = named &&
    typeof named === 'object' && { ...body, [name]: Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)) };
  return hash('sha256', JSON.stringify(sorted || body), 'base64url');
}
