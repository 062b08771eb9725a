import { and, eq } from 'drizzle-orm';
import type { Author } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { VisitorCommand } from '../protocol/frames.ts';
import type { Batch, Db, Persistence } from '../store/index.ts';
import type { VisitorIdentity } from '../visitors/identity.ts';
import type { VisitorRow } from '../visitors/store.ts';
import { takeFiles } from './attached.ts';
import { keepEnding, visitorClosing } from './closing.ts';
import type { ConversationsDeps } from './deps.ts';
import { submitForm } from './form-command.ts';
import type { NewEvent } from './heads.ts';
import type { CommandContext, Plan } from './inbox.ts';
import { type EventRow, lineOf } from './log-events.ts';
import { metadataOf, newConversation } from './new-conversation.ts';
import { type CheckedAnswers, checkAnswers } from './pre-chat-rules.ts';
import { takeQuote } from './quotes.ts';
import { keepPerson, visitorRow } from './visitor-row.ts';

type MessageCommand = Extract<VisitorCommand, { type: 'message:send' }>;

/** What a visitor's command does, and which rows it will lock. */
export function visitorExecute(deps: ConversationsDeps, identity: VisitorIdentity, command: VisitorCommand): Plan {
  if (command.type === 'form:submit')
    return { keys: [], execute: (db, context) => submitForm(deps, identity, command, db, context) };
  if (command.type !== 'message:send') return visitorClosing(deps, identity, command);
  return {
    keys: [command.conversation],
    execute: (db, context) => sendMessage(deps, identity, command, db, context),
  };
}

async function sendMessage(
  deps: ConversationsDeps,
  identity: VisitorIdentity,
  command: MessageCommand,
  db: Db,
  context: CommandContext,
) {
  const { t } = deps.store;
  const { at, batch } = context;
  const visitor = await visitorRow(db, t, batch, identity);
  const known = await deps.heads.of(db, batch, identity.siteId, command.conversation);
  // Unknown and forbidden answer alike.
  const mine = known
    ? known.visitorId === visitor.id
    : visitor.conversationId === command.conversation || (await isReserved(db, t, visitor, command.conversation));
  if (!mine) throw new FrontdeskError('not-found', 'There is no such conversation of yours; load the page again.');
  if (visitor.barredAt) throw new FrontdeskError('ended');
  const settings = await deps.settingsOf(identity.siteId);
  if (!known && !settings.channels.includes('chat')) throw new FrontdeskError('channel-off');

  if (command.text === '' && !command.files?.length) throw new FrontdeskError('empty', undefined, { field: 'text' });
  const attached = await takeFiles(deps.store, db, batch, {
    ...{ siteId: identity.siteId, ownerId: visitor.id, conversationId: command.conversation },
    ids: command.files ?? [],
  });
  const quote = await takeQuote(deps, db, batch, known, { audience: 'visitor', seq: command.quote });

  const events: EventRow[] = [];
  let conversation = known;
  if (!conversation) {
    const metadata = await metadataOf(db, t, visitor.id, identity.page);
    conversation = newConversation(
      { id: command.conversation, siteId: identity.siteId, visitorId: visitor.id, channel: 'chat', metadata },
      at,
    );
    deps.heads.begin(batch, conversation);
  }
  const add = (event: NewEvent) => {
    const added = deps.heads.append(batch, command.conversation, event, { ...context, part: events.length });
    conversation = added.conversation;
    events.push(added.event);
    return added.event;
  };
  // Who answers an invitation was not asked anything.
  const begins = !known && command.trigger === undefined;
  const answers =
    begins || command.answers
      ? checkAnswers(settings, identity.locale, command.answers ?? {}, { known: visitor, begins })
      : null;
  const { name } = answers ? takePerson(deps, identity, batch, visitor, answers.person) : visitor;
  const author: Author = { kind: 'visitor', id: visitor.id, name: name ?? '' };

  if (command.trigger !== undefined && (await firstAnswer(db, t, batch, identity, command.trigger))) {
    const words = await deps.invitationText(db, identity.siteId, command.trigger, identity.locale);
    if (words !== null)
      add({
        type: 'message',
        author: { kind: 'trigger', id: command.trigger, name: '' },
        body: { text: words },
        audience: 'both',
      });
  }
  if (conversation.status === 'closed')
    add({
      type: 'status',
      author,
      body: { status: 'open' },
      audience: 'both',
      change: { status: 'open', closedAt: null },
    });
  if (answers?.told) add({ type: 'pre-chat', author, body: answers.told, audience: 'staff' });
  const event = add({
    type: 'message',
    author,
    body: { text: command.text, ...attached, ...quote.stored },
    audience: 'both',
    seenBy: 'visitor',
    change: {
      waitingSince: conversation.waitingSince ?? at,
      closesAt: null,
      lastLine: lineOf('visitor', author.name, command.text, attached.files),
    },
  });
  if (quote.told.quote) events.splice(-1, 1, { ...event, body: { ...event.body, ...quote.told } as EventRow['body'] });
  // Who writes on is not asked any more whether it is solved.
  if (known?.closesAt) keepEnding(batch, t, known.id, { closesAt: null });
  const headChanged = !known || known.status === 'closed' || known.closesAt !== null;
  if (!known) batch.afterCommit(() => deps.onFirstEvent(identity.siteId, visitor.id));
  deps.announcer.announce(batch, { conversation, events, headChanged });
  return { conversation: conversation.id, seq: event.seq, visitorSeq: event.visitorSeq, logged: true };
}

/** What a visitor says of themself before a chat, kept and told to operators. */
function takePerson(
  deps: ConversationsDeps,
  { siteId }: VisitorIdentity,
  batch: Batch,
  visitor: VisitorRow,
  said: CheckedAnswers['person'],
): VisitorRow {
  if (Object.keys(said).length === 0) return visitor;
  const row = keepPerson(deps.store.t, batch, visitor, said);
  const { id, name, email } = row;
  batch.afterCommit(() => deps.onPerson(siteId, id, { name, email }));
  return row;
}

/** Whether a device of this verified visitor has the id reserved: what was written before a sign-in waits under it. */
async function isReserved(db: Db, t: Persistence['t'], visitor: VisitorRow, conversation: string): Promise<boolean> {
  const v = t.visitors;
  const [row] = await db
    .select({ id: v.id })
    .from(v)
    .where(and(eq(v.conversationId, conversation), eq(v.siteId, visitor.siteId), eq(v.joinedTo, visitor.id)));
  return row !== undefined;
}

/** Notes that an invitation was answered; false when it was before. */
async function firstAnswer(
  db: Db,
  t: Persistence['t'],
  batch: Batch,
  identity: VisitorIdentity,
  triggerId: string,
): Promise<boolean> {
  const { siteId, visitorId } = identity;
  const key = `answer:${visitorId}:${triggerId}`;
  if (batch.get<boolean>(key)) return false;
  const { invitations } = t;
  const mine = and(
    eq(invitations.siteId, siteId),
    eq(invitations.visitorId, visitorId),
    eq(invitations.triggerId, triggerId),
  );
  const [known] = await db.select().from(invitations).where(mine);
  if (known?.answeredAt) return false;
  const answeredAt = new Date(identity.now());
  batch.set(key, true);
  batch.finish(key, async (inner) => {
    const fresh = { siteId, visitorId, triggerId, shownAt: answeredAt, acceptedAt: answeredAt, answeredAt };
    if (known) await inner.update(invitations).set({ answeredAt }).where(mine);
    else await inner.insert(invitations).values(fresh);
  });
  return true;
}
