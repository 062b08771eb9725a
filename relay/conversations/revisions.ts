import { and, eq, gt, inArray } from 'drizzle-orm';
import { dropUploads } from '../files/uploads.ts';
import type { OperatorIdentity } from '../operators/identity.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { OperatorCommand } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import type { Db } from '../store/index.ts';
import type { ConversationsDeps } from './deps.ts';
import type { NewEvent } from './heads.ts';
import type { CommandContext } from './inbox.ts';
import { type ConversationRow, type EventRow, lineOf } from './log-events.ts';
import { mayChange } from './rules.ts';

export type RevisionCommand = Extract<OperatorCommand, { type: 'message:edit' | 'message:delete' }>;
type MessageBody = Pick<Extract<LogEvent, { type: 'message' }>, 'text' | 'edited' | 'deleted' | 'files'>;

/**
 * Changes or deletes a message that was sent: an event of its own tells those who have it, and the message itself is
 * rewritten, with every earlier event that carries a text of it, so that no later reading brings the old words back.
 * Null: it is so already.
 */
export async function revise(
  deps: ConversationsDeps,
  identity: OperatorIdentity,
  command: RevisionCommand,
  conversation: ConversationRow,
  db: Db,
  { batch, at }: CommandContext,
): Promise<NewEvent | null> {
  const { heads } = deps;
  const logged = await eventsFrom(deps, db, conversation.id, command.message);
  const events = [...logged, ...heads.appended(batch, conversation.id)].map((row) => {
    const body = heads.rewritten(batch, row);
    return body ? { ...row, body } : row;
  });
  const row = events.find(({ seq }) => seq === command.message);
  if (row?.visitorSeq == null) throw new FrontdeskError('not-found', 'There is no such message in this conversation.');
  const text = command.type === 'message:edit' ? command.text : null;
  const body = row.body as MessageBody;
  if (!mayChange({ ...row, deleted: body.deleted !== undefined }, identity, text === null ? 'delete' : 'edit'))
    return null;
  if (text !== null && text === body.text) return null;

  for (const edit of events)
    if (edit.type === 'edit' && 'message' in edit.body && edit.body.message === row.seq)
      heads.rewrite(batch, edit, { ...edit.body, text: null });
  const mark = { at: at.toISOString(), by: { id: identity.operatorId, name: identity.name } };
  const rest = { ...body };
  heads.rewrite(batch, row, text === null ? { text: '', deleted: mark } : { ...rest, text, edited: mark });

  const ids = text === null ? (body.files ?? []).map(({ id }) => id) : [];
  if (ids.length > 0) batch.finish(`drop-uploads:${row.commandId}`, (inner) => dropUploads(inner, deps.store.t, ids));

  const isLast = !events.some(({ seq, type }) => seq > row.seq && (type === 'message' || type === 'form'));
  const line =
    text === null
      ? { author: row.authorKind, name: row.authorName, text: '', deleted: true as const }
      : lineOf('operator', row.authorName, text, body.files);
  const target = { message: row.seq, visitorMessage: row.visitorSeq };
  const event =
    text === null ? { type: 'deletion' as const, body: target } : { type: 'edit' as const, body: { ...target, text } };
  return {
    ...event,
    author: { kind: 'operator', id: identity.operatorId, name: identity.name },
    audience: 'both',
    // Nothing new was said: who had read everything still has.
    ...(conversation.visitorRead === conversation.visitorSeq && { seenBy: 'visitor' as const }),
    change: { lastEventAt: conversation.lastEventAt, ...(isLast && { lastLine: line }) },
  };
}

/** The message with this number, and what tells of messages after it. */
async function eventsFrom(deps: ConversationsDeps, db: Db, conversationId: string, seq: number): Promise<EventRow[]> {
  const { events: e } = deps.store.t;
  const own = await db
    .select()
    .from(e)
    .where(and(eq(e.conversationId, conversationId), eq(e.seq, seq)));
  const later = await db
    .select()
    .from(e)
    .where(and(eq(e.conversationId, conversationId), gt(e.seq, seq), inArray(e.type, ['edit', 'message', 'form'])));
  return [...own, ...later];
}
