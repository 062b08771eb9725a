import { and, eq, inArray } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import type { Batch, Db, Persistence } from '../store/index.ts';
import type { Heads } from './heads.ts';
import { type ConversationRow, type EventRow, lineOf } from './log-events.ts';
import { eventPage } from './store.ts';

type Quote = NonNullable<Extract<LogEvent, { type: 'message' }>['quote']>;

/** What is shown of a quoted message, as it is now. */
function lineOfEvent({ authorKind, authorName, body }: EventRow): Quote['line'] {
  const { text = '', files, deleted } = body as Partial<Extract<LogEvent, { type: 'message' }>>;
  const line = lineOf(authorKind, authorName, text, files);
  return deleted ? { ...line, deleted: true } : line;
}

/**
 * The message that a sender quotes, by its number in the sender's audience: of the same conversation, and one that both sides
 * see. `stored` goes into the event; `told` has its words as well, which are looked up anew at each reading, so that they are
 * never those of a deleted message.
 */
export async function takeQuote(
  { store, heads }: { store: Persistence; heads: Heads },
  db: Db,
  batch: Batch,
  conversation: ConversationRow | undefined,
  quoted: { audience: 'visitor' | 'staff'; seq: number | undefined },
): Promise<{ stored: { quote?: Quote }; told: { quote?: Quote } }> {
  const { audience, seq } = quoted;
  if (seq === undefined) return { stored: {}, told: {} };
  const numberOf = (row: EventRow) => (audience === 'visitor' ? row.visitorSeq : row.seq);
  const found =
    conversation &&
    [
      ...heads.appended(batch, conversation.id),
      ...(await eventPage(db, store.t, {
        ...{ conversationId: conversation.id, audience, before: seq + 1, limit: 1 },
        hidden: conversation.staffSeq - conversation.visitorSeq,
      })),
    ].find((row) => numberOf(row) === seq);
  if (found?.visitorSeq == null || (found.type !== 'message' && found.type !== 'form'))
    throw new FrontdeskError('not-found', 'There is no such message in this conversation.');
  const quote: Quote = { message: found.seq, visitorMessage: found.visitorSeq };
  const line = lineOfEvent({ ...found, body: heads.rewritten(batch, found) ?? found.body });
  return { stored: { quote }, told: { quote: { ...quote, ...(line && { line }) } } };
}

const quoteOf = ({ type, body }: EventRow): Quote | undefined =>
  type === 'message' && 'quote' in body ? body.quote : undefined;

/** Events of one conversation with the words of what they quote, as those are now. */
export async function withQuotes(db: Db, t: Persistence['t'], rows: readonly EventRow[]): Promise<EventRow[]> {
  const numbers = [...new Set(rows.flatMap((row) => quoteOf(row)?.message ?? []))];
  const [first] = rows;
  if (numbers.length === 0 || !first) return [...rows];
  const e = t.events;
  const found = await db
    .select()
    .from(e)
    .where(and(eq(e.conversationId, first.conversationId), inArray(e.seq, numbers)));
  const lines = new Map(found.map((row) => [row.seq, lineOfEvent(row)]));
  return rows.map((row) => {
    const quote = quoteOf(row);
    const line = quote && lines.get(quote.message);
    return line ? { ...row, body: { ...row.body, quote: { ...quote, line } } as EventRow['body'] } : row;
  });
}
