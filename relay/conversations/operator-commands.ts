import { and, eq, isNull } from 'drizzle-orm';
import type { OperatorIdentity } from '../operators/identity.ts';
import type { Author, Person } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { OperatorCommand } from '../protocol/frames.ts';
import type { Db, Persistence } from '../store/index.ts';
import { takeFiles } from './attached.ts';
import { operatorSpam, type SpamCommand } from './closing.ts';
import type { ConversationsDeps } from './deps.ts';
import type { NewEvent } from './heads.ts';
import type { CommandContext, Plan } from './inbox.ts';
import { type ConversationRow, type EventRow, lineOf } from './log-events.ts';
import { metadataOf, newConversation } from './new-conversation.ts';
import { takeQuote } from './quotes.ts';
import { type RevisionCommand, revise } from './revisions.ts';
import * as rules from './rules.ts';
import { type CloseCommand, operatorClose } from './solved.ts';

/** What an operator's command does, and which rows it will lock. */
export function operatorExecute(deps: ConversationsDeps, identity: OperatorIdentity, command: OperatorCommand): Plan {
  if (isSpam(command)) return operatorSpam(deps, identity, command);
  if (command.type === 'conversation:close') return operatorClose(deps, identity, command);
  return { keys: [command.conversation], execute: (db, context) => run(deps, identity, command, db, context) };
}

async function run(
  deps: ConversationsDeps,
  identity: OperatorIdentity,
  command: Exclude<OperatorCommand, SpamCommand | CloseCommand>,
  db: Db,
  context: CommandContext,
) {
  const { t } = deps.store;
  const { batch } = context;
  const known = await deps.heads.of(db, batch, identity.siteId, command.conversation);
  const visitor = known ? null : await reservedBy(db, t, identity.siteId, command.conversation);
  // Only a message makes the record of a chat that somebody who browses could begin.
  if (!known && (!visitor || command.type !== 'message:send')) throw new FrontdeskError('not-found');

  if (known?.endedAt && !isRevision(command)) throw new FrontdeskError('ended');
  let conversation =
    known ??
    newConversation(
      {
        id: command.conversation,
        siteId: identity.siteId,
        visitorId: visitor?.id ?? '',
        channel: 'chat',
        metadata: await metadataOf(db, t, visitor?.id ?? ''),
      },
      context.at,
    );
  const revision = isRevision(command) ? await revise(deps, identity, command, conversation, db, context) : null;
  const attached = command.type === 'message:send' ? await attachedTo(deps, identity, command, db, context) : {};
  const seq = command.type === 'message:send' ? command.quote : undefined;
  const quote = await takeQuote(deps, db, batch, known, { audience: 'staff', seq });
  const { change, to } = await decide(db, t, identity, command, conversation, context);
  if (!known) deps.heads.begin(batch, conversation);

  const events: EventRow[] = [];
  const author: Author = { kind: 'operator', id: identity.operatorId, name: identity.name };
  const add = (event: NewEvent) => {
    const added = deps.heads.append(batch, command.conversation, event, { ...context, part: events.length });
    conversation = added.conversation;
    events.push(added.event);
  };
  const before = conversation;
  if (change?.status !== undefined && change.status !== before.status) {
    add({
      type: 'status',
      author,
      body: { status: change.status },
      audience: 'both',
      change: {
        status: change.status,
        closedAt: null,
      },
    });
  }
  if (change?.assigneeId !== undefined && change.assigneeId !== before.assigneeId) {
    const from =
      before.assigneeId === null ? null : { id: before.assigneeId, name: await nameOf(db, t, before.assigneeId) };
    add({
      type: 'assignment',
      author,
      body: { to, from },
      audience: 'staff',
      change: { assigneeId: change.assigneeId },
    });
  }
  if (command.type === 'message:send')
    add({
      type: 'message',
      author,
      body: { text: command.text, ...attached, ...quote.stored },
      audience: 'both',
      seenBy: 'staff',
      change: { waitingSince: null, lastLine: lineOf('operator', identity.name, command.text, attached.files) },
    });

  if (revision) add(revision);
  const said = events.at(-1);
  if (said && quote.told.quote)
    events.splice(-1, 1, { ...said, body: { ...said.body, ...quote.told } as EventRow['body'] });

  const last = events.at(-1);
  // It is so already: acknowledged where it stands, nothing written, nothing told.
  if (!last) return { conversation: conversation.id, seq: conversation.staffSeq, visitorSeq: null, logged: false };
  const headChanged =
    !known ||
    before.status !== conversation.status ||
    before.assigneeId !== conversation.assigneeId ||
    revision?.change?.lastLine !== undefined;
  if (!known) batch.afterCommit(() => deps.onFirstEvent(identity.siteId, conversation.visitorId));
  deps.announcer.announce(batch, { conversation, events, headChanged });
  return { conversation: conversation.id, seq: last.seq, visitorSeq: last.visitorSeq, logged: true };
}

/** What an operator's message has beside its words; one of the two it needs. */
function attachedTo(
  deps: ConversationsDeps,
  { siteId, operatorId }: OperatorIdentity,
  command: Extract<OperatorCommand, { type: 'message:send' }>,
  db: Db,
  { batch }: CommandContext,
) {
  const { conversation, text, files = [] } = command;
  if (text === '' && files.length === 0) throw new FrontdeskError('empty', undefined, { field: 'text' });
  return takeFiles(deps.store, db, batch, { siteId, ownerId: operatorId, conversationId: conversation, ids: files });
}

const isSpam = (command: OperatorCommand): command is SpamCommand =>
  command.type === 'conversation:spam' || command.type === 'conversation:not-spam';
const isRevision = (command: OperatorCommand): command is RevisionCommand =>
  command.type === 'message:edit' || command.type === 'message:delete';

async function decide(
  db: Db,
  t: Persistence['t'],
  identity: OperatorIdentity,
  command: Exclude<OperatorCommand, SpamCommand | CloseCommand>,
  state: ConversationRow,
  context: CommandContext,
): Promise<{ change: rules.Change | null; to: Person | null }> {
  const me = { id: identity.operatorId, name: identity.name };
  switch (command.type) {
    case 'conversation:take': {
      const holder = state.assigneeId === null ? null : await nameOf(db, t, state.assigneeId);
      return { change: rules.take(state, me.id, holder), to: me };
    }
    case 'conversation:assign': {
      const to = await member(db, t, identity.siteId, command.operator);
      return { change: rules.assign(state, to.id), to };
    }
    case 'conversation:return':
      return { change: rules.giveBack(state, context.at.getTime()), to: null };
    case 'conversation:reopen':
      return { change: rules.reopen(state), to: null };
    case 'message:edit':
    case 'message:delete':
      return { change: null, to: null };
    case 'message:send':
      return { change: rules.answer(state, me.id), to: me };
  }
}

async function nameOf(db: Db, t: Persistence['t'], operatorId: string): Promise<string> {
  const [row] = await db.select({ name: t.operators.name }).from(t.operators).where(eq(t.operators.id, operatorId));
  return row?.name ?? '';
}

/** An operator of this site who can be given work. */
async function member(db: Db, t: Persistence['t'], siteId: string, operatorId: string): Promise<Person> {
  const [row] = await db
    .select({ id: t.operators.id, name: t.operators.name })
    .from(t.members)
    .innerJoin(t.operators, eq(t.operators.id, t.members.operatorId))
    .where(and(eq(t.members.siteId, siteId), eq(t.members.operatorId, operatorId), isNull(t.operators.deletedAt)));
  if (!row) throw new FrontdeskError('not-found', 'There is no such operator on this site.');
  return row;
}

/** The visitor whose chat has this reserved id. */
async function reservedBy(db: Db, t: Persistence['t'], siteId: string, conversationId: string) {
  const [row] = await db
    .select({ id: t.visitors.id })
    .from(t.visitors)
    .where(and(eq(t.visitors.conversationId, conversationId), eq(t.visitors.siteId, siteId)));
  return row ?? null;
}
