import type { LogEvent } from '../protocol/index.ts';

/** Loses the head that all log events share, and keeps what is the event's own. */
type Headless<E> = E extends unknown
  ? Omit<E, 'id' | 'conversation' | 'seq' | 'visitorSeq' | 'at' | 'author' | 'type'>
  : never;
/** What an event's row holds as JSON: with `type` and the head from its columns it is the staff's `LogEvent` again. */
export type EventBody = Headless<LogEvent>;
/** The last thing said, for lists. */
export type LastLine = {
  author: AuthorKind;
  name: string;
  text: string;
  deleted?: true | undefined;
  files?: number | undefined;
};
export type AuthorKind = LogEvent['author']['kind'];
/** Who did what an activity row tells of. */
export type ActorKind = 'operator' | 'visitor' | 'relay' | 'nobody';
/** Custom attributes of a visitor. */
export type { Attributes } from '../protocol/index.ts';
