import type { LogEvent } from '../protocol/entities.ts';

/** What is left to draw once edits and deletions have gone into the messages they are about. */
export type ShownEvent = Exclude<LogEvent, { type: 'edit' | 'deletion' }>;

/** The events as they are to be shown: messages as the last edit or deletion in the list left them. */
export function revised(events: readonly LogEvent[]): ShownEvent[] {
  const last = new Map<number, LogEvent>();
  for (const event of events) if ('message' in event) last.set(event.message, event);
  return events.flatMap((event) => {
    if ('message' in event) return [];
    const by = last.get(event.seq);
    if (event.type !== 'message' || !by) return event;
    const { at, author } = by;
    if (by.type === 'deletion') return { ...event, text: '', deleted: { at, by: author } } as ShownEvent;
    // Without a text it was superseded; what superseded it is on its way.
    return 'text' in by && by.text ? ({ ...event, text: by.text, edited: { at, by: author } } as ShownEvent) : event;
  });
}
