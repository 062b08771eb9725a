import { revised, type ShownEvent } from '../../client/revised.ts';
import type { Author } from '../../protocol/entities.ts';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { LogEvent } from '../../protocol/log-event.ts';

/** A message of one's own that has no event yet. */
export interface Unsent {
  id: string;
  text: string;
  /** Ids of what goes with it. */
  files?: string[] | undefined;
  quote?: number | undefined;
  state: 'sending' | 'sent' | 'failed';
  code?: ErrorCode;
}

export type Message = Extract<ShownEvent, { type: 'message' | 'form' }>;
export type PreChat = Extract<ShownEvent, { type: 'pre-chat' }>;
export type SystemEvent = Extract<ShownEvent, { type: 'assignment' | 'status' | 'rating' | 'spam' | 'solved' }>;

/** What stands below one another in a conversation. */
export type Block =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'group'; key: string; author: Author; at: number; events: (Message | PreChat)[] }
  | { kind: 'system'; key: string; event: SystemEvent };

const dayOf = (at: number) => new Date(at).toDateString();
const minuteOf = (at: number) => Math.floor(at / 60_000);
const sameAuthor = (a: Author, b: Author) => a.kind === b.kind && a.id === b.id;

/**
 * Blocks of which those that are as they were are the very objects of `before`: by that it is known what need not be
 * drawn again.
 */
export function keepBlocks(blocks: readonly Block[], before: readonly Block[]): Block[] {
  const known = new Map(before.map((block) => [block.key, block]));
  const eventsOf = (block: Block) =>
    block.kind === 'group' ? block.events : block.kind === 'system' ? [block.event] : [];
  return blocks.map((block) => {
    const old = known.get(block.key);
    const events = eventsOf(block);
    const same = old?.kind === block.kind && eventsOf(old).length === events.length;
    return same && eventsOf(old).every((event, i) => event === events[i]) ? old : block;
  });
}

/** Puts events into blocks: a line before each day, messages of one author within a minute together. */
export function toBlocks(events: readonly LogEvent[]): Block[] {
  const blocks: Block[] = [];
  let day = '';
  for (const event of revised(events)) {
    const at = Date.parse(event.at);
    if (dayOf(at) !== day) {
      day = dayOf(at);
      blocks.push({ kind: 'day', key: `day ${day}`, at });
    }
    const key = `${event.seq}`;
    if (event.type !== 'message' && event.type !== 'form' && event.type !== 'pre-chat') {
      blocks.push({ kind: 'system', key, event });
      continue;
    }
    const last = blocks.at(-1);
    const fits = last?.kind === 'group' && sameAuthor(last.author, event.author) && minuteOf(last.at) === minuteOf(at);
    if (fits) last.events.push(event);
    else blocks.push({ kind: 'group', key, author: event.author, at, events: [event] });
  }
  return blocks;
}
