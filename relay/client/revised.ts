import type { LogEvent } from '../protocol/log-event.ts';

/** What is left to draw once edits and deletions have gone into the messages they are about. */
export type ShownEvent = Exclude<LogEvent, { type: 'edit' | 'deletion' }>;

type Last = ReadonlyMap<number, LogEvent>;

/** A message as the last event about it left it. */
function changed(event: ShownEvent, last: Last): ShownEvent {
  const by = last.get(event.seq);
  if (event.type !== 'message' || !by) return event;
  const { at, author } = by;
  if (by.type === 'deletion') {
    const { files: _files, quote: _quote, ...rest } = event;
    return { ...rest, text: '', deleted: { at, by: author } } as ShownEvent;
  }
  // Without a text it was superseded; what superseded it is on its way.
  return 'text' in by && by.text ? ({ ...event, text: by.text, edited: { at, by: author } } as ShownEvent) : event;
}

/** The same for what a message quotes. */
function quoting(event: ShownEvent, last: Last): ShownEvent {
  const quote = event.type === 'message' ? event.quote : undefined;
  const by = quote && last.get(quote.message);
  if (!quote?.line || !by) return event;
  const line =
    by.type === 'deletion'
      ? { ...quote.line, text: '', deleted: true }
      : { ...quote.line, text: ('text' in by && by.text) || quote.line.text };
  return { ...event, quote: { ...quote, line } } as ShownEvent;
}

/** The events as they are to be shown: messages as the last edit or deletion in the list left them. */
export function revised(events: readonly LogEvent[]): ShownEvent[] {
  const last = new Map<number, LogEvent>();
  for (const event of events) if ('message' in event) last.set(event.message, event);
  return events.flatMap((event) => ('message' in event ? [] : quoting(changed(event, last), last)));
}
