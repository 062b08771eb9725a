import type { LogEvent } from '../protocol/log-event.ts';

/**
 * A conversation's events as far as this client has them: contiguous, sorted by `seq`. `top` is the highest number
 * without a gap below it; `floor` is the number below the oldest event held (0: all of it is here).
 */
export interface Log {
  readonly conversation: string;
  readonly events: readonly LogEvent[];
  readonly top: number;
  readonly floor: number;
  /** `added`: now in the log. `known`: it was. `ahead`: something before it is missing; it waits here. */
  receive(event: LogEvent): 'added' | 'known' | 'ahead';
  /** Older events, contiguous with the oldest held. */
  prepend(events: readonly LogEvent[]): void;
}

/** A log whose events up to `top` are known to exist but are not here yet. */
export function createLog(conversation: string, top: number): Log {
  let events: LogEvent[] = [];
  let floor = top;
  const ahead = new Map<number, LogEvent>();
  return {
    conversation,
    get events() {
      return events;
    },
    get top() {
      return top;
    },
    get floor() {
      return floor;
    },
    receive(event) {
      if (event.seq <= top) return 'known';
      ahead.set(event.seq, event);
      if (event.seq > top + 1) return 'ahead';
      const run: LogEvent[] = [];
      for (let next = ahead.get(top + 1); next; next = ahead.get(top + 1)) {
        ahead.delete(++top);
        run.push(next);
      }
      events = [...events, ...run];
      return 'added';
    },
    prepend(older) {
      const fitting = older.filter(({ seq }) => seq <= floor);
      events = [...fitting, ...events];
      floor = fitting.length ? (fitting[0] as LogEvent).seq - 1 : floor;
    },
  };
}
