import { eq } from 'drizzle-orm';
import type { OperatorIdentity } from '../operators/identity.ts';
import type { Author } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { OperatorCommand, VisitorCommand } from '../protocol/frames.ts';
import type { Batch, Db, Persistence } from '../store/index.ts';
import type { VisitorIdentity } from '../visitors/identity.ts';
import { asksOf, mayBeRated } from './closing-rules.ts';
import type { ConversationsDeps } from './deps.ts';
import type { NewEvent } from './heads.ts';
import type { CommandContext, Outcome, Plan } from './inbox.ts';
import type { ConversationRow, EventRow } from './log-events.ts';
import * as rules from './rules.ts';
import { visitorRow } from './visitor-row.ts';

export type VisitorClosing = Extract<
  VisitorCommand,
  { type: 'conversation:close' | 'conversation:rate' | 'conversation:solved' }
>;
export type SpamCommand = Extract<OperatorCommand, { type: 'conversation:spam' | 'conversation:not-spam' }>;

type Kept = Partial<Pick<ConversationRow, 'ratingScore' | 'ratingComment' | 'ratedAt' | 'endedAt' | 'closesAt'>>;

/** Writes what a conversation's end leaves on its row; seldom, so that it is no part of every write-back. */
export function keepEnding(batch: Batch, t: Persistence['t'], id: string, change: Kept): Kept {
  // Sorts behind the conversation's own write.
  const key = `ending:${id}`;
  batch.set<Kept>(key, { ...batch.get<Kept>(key), ...change });
  batch.finish(key, async (db) => {
    const last = batch.get<Kept>(key);
    if (last) await db.update(t.conversations).set(last).where(eq(t.conversations.id, id));
  });
  return change;
}

/** Appends events of one command to a conversation, and tells of them. */
export function appendEnding(
  deps: ConversationsDeps,
  context: CommandContext,
  known: ConversationRow,
  events: NewEvent[],
): Outcome {
  let conversation = known;
  const rows: EventRow[] = [];
  for (const event of events) {
    const added = deps.heads.append(context.batch, known.id, event, { ...context, part: rows.length });
    conversation = added.conversation;
    rows.push(added.event);
  }
  const last = rows.at(-1);
  // It is so already: acknowledged where it stands, nothing written, nothing told.
  if (!last) return { conversation: known.id, seq: known.staffSeq, visitorSeq: known.visitorSeq, logged: false };
  const { closesAt } = conversation;
  if (closesAt !== known.closesAt) keepEnding(context.batch, deps.store.t, known.id, { closesAt });
  deps.announcer.announce(context.batch, { conversation, events: rows, headChanged: true });
  return { conversation: known.id, seq: last.seq, visitorSeq: last.visitorSeq, logged: true };
}

/** The event that closes a conversation; `how`: what else is told of it. */
export const closed = (author: Author, at: Date, how: { ended?: true; solved?: true } = {}): NewEvent => ({
  type: 'status',
  author,
  body: { status: 'closed', ...how },
  audience: 'both',
  ...(author.kind === 'visitor' && { seenBy: 'visitor' as const }),
  change: { status: 'closed', closedAt: at, waitingSince: null, closesAt: null },
});

/** The visitor still waits: for the operators the conversation stands as it was before the question. */
const notSolved = (author: Author, { waitingSince }: ConversationRow, at: Date): NewEvent => ({
  ...{ type: 'solved', author, body: { said: 'no' }, audience: 'both', seenBy: 'visitor' },
  change: { closesAt: null, waitingSince: waitingSince ?? at },
});

/** A visitor ends their chat, rates it, or says whether it is solved [CL1, CL2, CL7]. */
export function visitorClosing(deps: ConversationsDeps, identity: VisitorIdentity, command: VisitorClosing): Plan {
  const execute = async (db: Db, context: CommandContext): Promise<Outcome> => {
    const { batch, at } = context;
    const { t } = deps.store;
    const visitor = await visitorRow(db, t, batch, identity);
    const known = await deps.heads.of(db, batch, identity.siteId, command.conversation);
    // Unknown and forbidden answer alike.
    if (known?.visitorId !== visitor.id) throw new FrontdeskError('not-found');
    if (known.endedAt) throw new FrontdeskError('ended');
    const author: Author = { kind: 'visitor', id: visitor.id, name: visitor.name ?? '' };
    if (command.type === 'conversation:close')
      return appendEnding(deps, context, known, rules.close(known) ? [closed(author, at)] : []);
    if (command.type === 'conversation:solved') {
      if (asksOf(known) !== 'solved') throw new FrontdeskError('conflict');
      return appendEnding(deps, context, known, [
        command.yes ? closed(author, at, { solved: true }) : notSolved(author, known, at),
      ]);
    }
    const { rating } = await deps.settingsOf(identity.siteId);
    if (!rating || !mayBeRated(known)) throw new FrontdeskError('conflict');
    const { score, comment } = command;
    const change = keepEnding(batch, t, known.id, { ratingScore: score, ratingComment: comment || null, ratedAt: at });
    return appendEnding(deps, context, known, [
      { type: 'rating', author, body: { score, comment }, audience: 'both', seenBy: 'visitor', change },
    ]);
  };
  return { keys: [command.conversation], execute };
}

/** An operator ends a conversation as spam, or takes that back [CL4]. */
export function operatorSpam(deps: ConversationsDeps, identity: OperatorIdentity, command: SpamCommand): Plan {
  const execute = async (db: Db, context: CommandContext): Promise<Outcome> => {
    const { batch, at } = context;
    const { t } = deps.store;
    const known = await deps.heads.of(db, batch, identity.siteId, command.conversation);
    if (!known) throw new FrontdeskError('not-found');
    const on = command.type === 'conversation:spam';
    if (on === (known.endedAt !== null)) return appendEnding(deps, context, known, []);
    const barredAt = on ? at : null;
    const { siteId } = identity;
    const { id: visitorId } = await visitorRow(db, t, batch, { siteId, visitorId: known.visitorId }, { barredAt });
    batch.finish(`barred:${visitorId}`, async (inner) => {
      const row = await visitorRow(inner, t, batch, { siteId, visitorId });
      await inner.update(t.visitors).set({ barredAt: row.barredAt }).where(eq(t.visitors.id, visitorId));
    });
    const author: Author = { kind: 'operator', id: identity.operatorId, name: identity.name };
    const change = keepEnding(batch, t, known.id, { endedAt: barredAt });
    return appendEnding(deps, context, known, [
      // What the visitor is told: it was ended. That it was taken for spam is the staff's alone.
      ...(on && known.status === 'open' ? [closed(author, at, { ended: true })] : []),
      { type: 'spam', author, body: { on }, audience: 'staff', change },
    ]);
  };
  return { keys: [command.conversation], execute };
}
