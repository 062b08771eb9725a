import type { LogEvent } from '../protocol/log-event.ts';
import type { AuthorKind, Persistence } from '../store/index.ts';

export type ConversationRow = Persistence['t']['conversations']['$inferSelect'];
export type EventRow = Persistence['t']['events']['$inferSelect'];

/** Characters of the last line that lists show. */
const LINE_CHARS = 160;

/** Half of a pair at the end of a text that was cut: Postgres does not take it. */
const CUT_PAIR = /[\ud800-\udbff]$/;

/** The beginning of a text, without half a character at its end. */
export const cutText = (text: string, chars: number): string => text.slice(0, chars).replace(CUT_PAIR, '');

/** Whitespace that is not one space between words; most messages have none. */
const UNEVEN = /\s\s|[^\S ]/;

/** The line that lists show of a message. */
export function lineOf(
  kind: AuthorKind,
  name: string,
  text: string,
  files?: readonly unknown[],
): NonNullable<ConversationRow['lastLine']> {
  // What is cut off need not be looked at.
  const begun = text.slice(0, 4 * LINE_CHARS);
  const line = (UNEVEN.test(begun) ? begun.replace(/\s+/g, ' ') : begun).trim();
  const shown = line.length > LINE_CHARS ? `${cutText(line, LINE_CHARS - 1)}…` : line;
  return { author: kind, name, text: shown, ...(files && { files: files.length }) };
}

/** What both audiences see of an event alike; the body is the staff's. */
const commonOf = (row: EventRow) => ({
  id: row.commandId,
  conversation: row.conversationId,
  at: row.at.toISOString(),
  author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
  type: row.type,
  ...row.body,
});

/** Whether both audiences get one body: what names numbers of the log or people of the staff has one for each. */
const isSameForBoth = ({ type, body }: EventRow): boolean =>
  type !== 'edit' && type !== 'deletion' && !('edited' in body || 'deleted' in body || 'quote' in body);

/** What stands in the visitor's event in place of the staff's: the visitor's numbers, and no name of who corrected what. */
function forVisitors({ type, body }: EventRow): Record<string, unknown> {
  if ('message' in body)
    return {
      message: body.visitorMessage,
      visitorMessage: undefined,
      author: { kind: 'operator', id: null, name: '' },
    };
  if (type !== 'message') return {};
  const withoutName = (change?: { at: string }) => change && { at: change.at };
  const { edited, deleted, quote } = body as Extract<LogEvent, { type: 'message' }>;
  return {
    ...{ edited: withoutName(edited), deleted: withoutName(deleted) },
    quote: quote && { message: quote.visitorMessage, line: quote.line },
  };
}

/** An event as one audience gets it; null when it is not for that audience. */
export function toLogEvent(row: EventRow, audience: 'visitor' | 'staff'): LogEvent | null {
  if (audience === 'visitor' && row.visitorSeq === null) return null;
  return {
    ...commonOf(row),
    ...(audience === 'visitor' && !isSameForBoth(row) && forVisitors(row)),
    seq: audience === 'visitor' ? row.visitorSeq : row.seq,
    ...(audience === 'staff' && row.visitorSeq !== null && { visitorSeq: row.visitorSeq }),
  } as LogEvent;
}

/** The same as `event` frames, serialised: what is common once, since this is done for every message. */
export function eventFrames(row: EventRow): { forVisitor: string | null; forStaff: string } {
  if (!isSameForBoth(row)) {
    const forVisitor = toLogEvent(row, 'visitor');
    return {
      forVisitor: forVisitor && JSON.stringify({ type: 'event', event: forVisitor }),
      forStaff: JSON.stringify({ type: 'event', event: toLogEvent(row, 'staff') }),
    };
  }
  const rest = `${JSON.stringify(commonOf(row)).slice(1)}}`;
  const { seq, visitorSeq } = row;
  if (visitorSeq === null) return { forVisitor: null, forStaff: `{"type":"event","event":{"seq":${seq},${rest}` };
  return {
    forVisitor: `{"type":"event","event":{"seq":${visitorSeq},${rest}`,
    forStaff: `{"type":"event","event":{"seq":${seq},"visitorSeq":${visitorSeq},${rest}`,
  };
}
