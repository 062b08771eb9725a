import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import { type Bus, topics } from '../bus/bus.ts';
import type { RelayFrameOf } from '../protocol/frames.ts';
import type { SiteSettings } from '../protocol/site-settings.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { expectedMinutes, firstAnswers, placesOf } from './queue-rules.ts';

const DAY_MS = 86_400_000;
/** Visitors are told of a queue that moves so often at most. */
const TELL_EVERY_MS = 1_000;
/** How long answers take is looked up so often. */
const WAIT_KEPT_MS = 60_000;
/** Nobody further behind is told a place. */
const LONGEST = 500;
/** Chats, the latest ones, among which first answers are looked for, and how far into each. */
const CHATS = 100;
const EVENTS = 30;
/** What the announcer tells the staff whenever a conversation came to a view or left it. */
const MOVED = '{"type":"counts"';

/** How the queues of the sites stand, told to visitors whose chats wait in them [QP1–QP3]. Nothing of it is stored. */
export interface QueueBoard {
  /** A visitor asks about a chat of theirs: told now, and whenever it changes while they are here. */
  watch(siteId: string, visitorId: string, conversation: string): Promise<void>;
  stop(): void;
}

interface Watcher {
  visitorId: string;
  told: string;
}

/** A site while somebody wants to know. */
interface Queue {
  /** By the conversation: whose it is, and what was told of it last. */
  watchers: Map<string, Watcher>;
  /** The places of what waits; made anew after a move. */
  waiting: Promise<ReadonlyMap<string, number>> | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  off(): void;
}

export function createQueueBoard(deps: {
  store: Persistence;
  bus: Bus;
  clock: Clock;
  settingsOf(siteId: string): Promise<SiteSettings>;
  isHere(siteId: string, visitorId: string): boolean;
  onError(error: unknown, where: string): void;
}): QueueBoard {
  const { store, bus, clock, settingsOf, isHere, onError } = deps;
  const queues = new Map<string, Queue>();
  const waits = new Map<string, { minutes: Promise<number | null>; at: number }>();

  const waitOf = (siteId: string) => {
    const now = clock.now();
    const known = waits.get(siteId);
    if (known && Math.abs(now - known.at) < WAIT_KEPT_MS) return known.minutes;
    const minutes = lastAnswers(store, siteId, now).then(expectedMinutes);
    waits.set(siteId, { minutes, at: now });
    minutes.catch(() => waits.delete(siteId));
    return minutes;
  };
  const waitingOf = (siteId: string, queue: Queue) => {
    queue.waiting ??= waitingChats(store, siteId, clock.now()).catch((error) => {
      queue.waiting = null;
      throw error;
    });
    return queue.waiting;
  };
  /** What there is to tell of a queue, as a frame for each of its chats; null where the site wants nothing told. */
  const framesOf = async (siteId: string, queue: Queue) => {
    const shows = (await settingsOf(siteId)).queue;
    if (shows === 'off') return null;
    const places = await waitingOf(siteId, queue);
    const expected = shows === 'wait' && places.size > 0 ? await waitOf(siteId) : null;
    return (conversation: string): string => {
      const place = places.get(conversation) ?? null;
      return JSON.stringify({
        ...{ type: 'queue', conversation, place: shows === 'place' ? place : null },
        waitMinutes: place === null ? null : expected,
      } satisfies RelayFrameOf<'queue'>);
    };
  };
  const tell = (watcher: Watcher, frame: string) => {
    watcher.told = frame;
    bus.publish(topics.visitor(watcher.visitorId), frame);
  };
  /** Tells those for whom it changed, and forgets who is not here any more. */
  const tellAll = async (siteId: string, queue: Queue) => {
    const frameOf = await framesOf(siteId, queue);
    for (const [conversation, watcher] of queue.watchers) {
      if (!isHere(siteId, watcher.visitorId)) {
        queue.watchers.delete(conversation);
        continue;
      }
      const frame = frameOf?.(conversation);
      if (frame !== undefined && frame !== watcher.told) tell(watcher, frame);
    }
    if (queue.watchers.size > 0 || queues.get(siteId) !== queue) return;
    end(queue);
    queues.delete(siteId);
  };
  const end = ({ timer, off }: Queue) => {
    clearTimeout(timer);
    off();
  };
  const queueOf = (siteId: string): Queue => {
    const known = queues.get(siteId);
    if (known) return known;
    const queue: Queue = { watchers: new Map(), waiting: null, timer: undefined, off: () => {} };
    queues.set(siteId, queue);
    // Also what other relays do to this site comes by the bus.
    queue.off = bus.subscribe(topics.staff(siteId), (payload) => {
      if (!payload.startsWith(MOVED)) return;
      queue.waiting = null;
      queue.timer ??= setTimeout(() => {
        queue.timer = undefined;
        tellAll(siteId, queue).catch((error) => onError(error, 'queue'));
      }, TELL_EVERY_MS).unref();
    });
    return queue;
  };

  return {
    async watch(siteId, visitorId, conversation) {
      const queue = queueOf(siteId);
      const watcher: Watcher = { visitorId, told: '' };
      queue.watchers.set(conversation, watcher);
      const frameOf = await framesOf(siteId, queue);
      if (frameOf) tell(watcher, frameOf(conversation));
    },
    stop() {
      for (const queue of queues.values()) end(queue);
      queues.clear();
    },
  };
}

/** Chats that wait for an operator, the longest waiting first. What has waited for more than a day nobody stands in line for. */
async function waitingChats({ read, t }: Persistence, siteId: string, now: number) {
  const { conversations: c } = t;
  const since = new Date(now - DAY_MS);
  const rows = await read
    .select({ id: c.id })
    .from(c)
    .where(
      and(
        ...[eq(c.siteId, siteId), eq(c.status, 'open'), isNull(c.assigneeId), eq(c.channel, 'chat')],
        // Who waits has written since then: by that the index finds them among all that nobody took.
        ...[gte(c.waitingSince, since), gte(c.lastEventAt, since)],
      ),
    )
    .orderBy(asc(c.waitingSince), asc(c.id))
    .limit(LONGEST);
  return placesOf(rows.map(({ id }) => id));
}

/** The first answers of a site's latest chats of one day. */
async function lastAnswers({ read, t }: Persistence, siteId: string, now: number) {
  const { conversations: c, events: e } = t;
  const since = new Date(now - DAY_MS);
  const chats = await read
    .select({ id: c.id })
    .from(c)
    .where(
      and(
        ...[eq(c.siteId, siteId), eq(c.channel, 'chat'), isNotNull(c.assigneeId), gte(c.createdAt, since)],
        ...[gte(c.lastEventAt, since), inArray(c.status, ['open', 'closed'])],
      ),
    )
    .orderBy(desc(c.lastEventAt))
    .limit(CHATS);
  if (chats.length === 0) return [];
  const ids = chats.map(({ id }) => id);
  const messages = await read
    .select({ conversationId: e.conversationId, authorKind: e.authorKind, at: e.at })
    .from(e)
    .where(and(inArray(e.conversationId, ids), lte(e.seq, EVENTS), eq(e.type, 'message')))
    .orderBy(asc(e.conversationId), asc(e.seq));
  return firstAnswers(messages.map((row) => ({ ...row, at: row.at.getTime() })));
}
