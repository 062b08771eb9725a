import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Verdict } from '../../client/outbox.ts';
import type { Attributes, ConversationSummary, Metadata, VisitorCard } from '../../protocol/entities.ts';
import type { OperatorCommand, RelayFrameOf } from '../../protocol/frames.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { AttachedFile, LogEvent } from '../../protocol/log-event.ts';
import { ApiError } from '../api.ts';
import { steady } from '../base/steady.ts';
import type { Desk } from '../desk/desk.ts';
import type { Unsent } from './grouping.ts';

/** What the relay answers of one conversation. */
interface ConversationDetail {
  conversation: ConversationSummary | null;
  metadata: Metadata | null;
  attributes: Attributes;
  visitor: VisitorCard;
}

/** What a conversation's screen shows, and what can be done with it. */
export interface ConversationModel {
  readonly id: string;
  readonly state: ReadonlySignal<'loading' | 'ready' | 'failed' | 'gone'>;
  /** Null: the chat has no record yet. */
  readonly summary: ReadonlySignal<ConversationSummary | null>;
  readonly visitor: ReadonlySignal<VisitorCard | null>;
  /** Whom it is with, by what is known so far. */
  readonly person: ReadonlySignal<ConversationSummary['visitor'] | VisitorCard | null>;
  /** What went along with the conversation's first event; null while it has none. */
  readonly metadata: ReadonlySignal<Metadata | null>;
  /** What the page said of the conversation. */
  readonly attributes: ReadonlySignal<Attributes>;
  readonly events: ReadonlySignal<readonly LogEvent[]>;
  readonly unsent: ReadonlySignal<readonly Unsent[]>;
  readonly hasOlder: ReadonlySignal<boolean>;
  readonly loadingOlder: ReadonlySignal<boolean>;
  /** How far the visitor has got, in the visitor's numbers. */
  readonly marks: ReadonlySignal<{ delivered: number; read: number }>;
  /** Names of those who type now: the visitor (empty) and colleagues. */
  readonly typing: ReadonlySignal<readonly { kind: 'visitor' | 'operator'; name: string }[]>;
  readonly draft: ReadonlySignal<string>;
  load(): Promise<void>;
  loadCard(): Promise<void>;
  loadOlder(): Promise<void>;
  write(text: string): void;
  /** With these files; without words where there are any. */
  send(files?: readonly AttachedFile[], quote?: number): void;
  retry(id: string): void;
  removeFailed(id: string): void;
  /** The end was on the screen: tells the visitor that it was read. */
  markRead(): void;
  setSummary(summary: ConversationSummary): void;
  settle(command: OperatorCommand, verdict: Verdict): void;
  /** A sign of somebody else in this conversation. */
  receive(frame: RelayFrameOf<'mark' | 'typing'>): void;
  /** The log has grown at its end. */
  grow(): void;
  /** It is looked at again. */
  refresh(): void;
}

const PAGE = 50;
/** A typing sign is renewed so often. */
const TYPING_AGAIN_MS = 3_000;

/** Under which key a conversation's draft is kept on the device. */
export const draftKeyOf = (site: string, operator: string, conversation: string): string =>
  `draft:${site}:${operator}:${conversation}`;

export function createConversation(
  desk: Desk,
  id: string,
  first: ConversationSummary | null,
  refollow: () => void,
): ConversationModel {
  const { session, api, storage } = desk;
  const draftKey = draftKeyOf(desk.site, desk.me.id, id);
  const state = signal<'loading' | 'ready' | 'failed' | 'gone'>('loading');
  const summary = signal<ConversationSummary | null>(first);
  const visitor = signal<VisitorCard | null>(null);
  const metadata = signal<Metadata | null>(null);
  const attributes = signal<Attributes>({});
  const events = signal<readonly LogEvent[]>([]);
  const floor = signal(0);
  const loadingOlder = signal(false);
  const raised = signal({ delivered: 0, read: 0 });
  const typists = signal<ReadonlyMap<string, { kind: 'visitor' | 'operator'; name: string; until: number }>>(new Map());
  const draft = signal(storage.get(draftKey) ?? '');
  /** Refused ones, and acknowledged ones whose event is still on its way. */
  const settled = signal<readonly Unsent[]>([]);
  let readTo = 0;
  let typingSignAt = 0;

  const write = (text: string) => {
    draft.value = text;
    if (text === '') storage.remove(draftKey);
    else storage.set(draftKey, text);
    const now = Date.now();
    if (text !== '' && now - typingSignAt > TYPING_AGAIN_MS) {
      if (session.sign({ type: 'typing', conversation: id, on: true })) typingSignAt = now;
    } else if (text === '' && typingSignAt !== 0) {
      session.sign({ type: 'typing', conversation: id, on: false });
      typingSignAt = 0;
    }
  };
  const say = (text: string, files: readonly string[] = [], quote?: number) => {
    const extras = { ...(files.length > 0 && { files: [...files] }), ...(quote !== undefined && { quote }) };
    desk.order({ type: 'message:send', conversation: id, text, ...extras }).catch(() => {
      const failed = { id: crypto.randomUUID(), text, ...extras, state: 'failed', code: 'internal' } as const;
      settled.value = [...settled.value, failed];
    });
  };
  const grow = () => {
    const log = session.log(id);
    if (!log) return;
    const had = events.value.at(-1)?.seq ?? 0;
    events.value = [...log.events];
    const shown = new Set(log.events.map((event) => event.id));
    settled.value = settled.value.filter((one) => one.state === 'failed' || !shown.has(one.id));
    const wrote = new Set(log.events.filter(({ seq }) => seq > had).map(({ author }) => author.id));
    if ([...typists.value.keys()].some((who) => wrote.has(who)))
      typists.value = new Map([...typists.value].filter(([who]) => !wrote.has(who)));
  };
  const loadCard = async () => {
    const found = await api.get<ConversationDetail>(`/conversations/${id}`);
    visitor.value = found.visitor;
    metadata.value = found.metadata;
    attributes.value = found.attributes;
    // An answer may be older than a change that a frame has told of meanwhile.
    const known = summary.value?.staffSeq ?? -1;
    if (found.conversation && found.conversation.staffSeq >= known) summary.value = found.conversation;
  };
  const load = async () => {
    if (state.value !== 'ready') state.value = 'loading';
    try {
      const [, page] = await Promise.all([
        loadCard(),
        api.get<{ events: LogEvent[]; top: number }>(`/conversations/${id}/events?limit=${PAGE}`),
      ]);
      session.unfollow(id);
      const top = page.events.at(-1)?.seq ?? 0;
      const log = session.follow(id, top);
      log.prepend(page.events);
      floor.value = log.floor;
      grow();
      refollow();
      state.value = 'ready';
    } catch (error) {
      if (state.value !== 'ready')
        state.value = error instanceof ApiError && error.code === 'not-found' ? 'gone' : 'failed';
    }
  };

  const receive = (frame: RelayFrameOf<'mark' | 'typing'>) => {
    if (frame.type === 'mark') {
      if (frame.side !== 'visitor') return;
      const { delivered, read } = raised.value;
      raised.value = { delivered: Math.max(delivered, frame.delivered), read: Math.max(read, frame.read) };
      return;
    }
    const { kind, name, id: who } = frame.author;
    if (who === desk.me.id) return;
    const next = new Map(typists.value);
    if (frame.on) next.set(who, { kind, name, until: Date.now() + LIMITS.typingMs });
    else next.delete(who);
    typists.value = next;
    setTimeout(() => {
      const left = [...typists.value].filter(([, { until }]) => until > Date.now());
      if (left.length !== typists.value.size) typists.value = new Map(left);
    }, LIMITS.typingMs + 50);
  };

  return {
    id,
    state,
    summary,
    visitor,
    person: steady(() => summary.value?.visitor ?? visitor.value),
    metadata,
    attributes,
    events,
    loadingOlder,
    draft,
    hasOlder: computed(() => floor.value > 0),
    marks: steady(() => ({
      delivered: Math.max(raised.value.delivered, summary.value?.marks.visitorDelivered ?? 0, raised.value.read),
      read: Math.max(raised.value.read, summary.value?.marks.visitorRead ?? 0),
    })),
    typing: computed(() => [...typists.value.values()]),
    unsent: computed(() => {
      const waiting: Unsent[] = desk.pending.value.flatMap((command) =>
        command.type === 'message:send' && command.conversation === id
          ? [{ id: command.id, text: command.text, files: command.files, state: 'sending' }]
          : [],
      );
      const shown = new Set(events.value.map((event) => event.id));
      return [
        ...settled.value.filter(({ state: is }) => is === 'sent'),
        ...waiting,
        ...settled.value.filter(({ state: is }) => is === 'failed'),
      ].filter((one) => !shown.has(one.id));
    }),
    load,
    loadCard,
    async loadOlder() {
      const log = session.log(id);
      if (!log || log.floor === 0 || loadingOlder.value) return;
      loadingOlder.value = true;
      try {
        const page = await api.get<{ events: LogEvent[] }>(
          `/conversations/${id}/events?before=${log.floor + 1}&limit=${PAGE}`,
        );
        log.prepend(page.events);
        floor.value = page.events.length === 0 ? 0 : log.floor;
        events.value = [...log.events];
      } catch {
        // Scrolling up again asks again.
      }
      loadingOlder.value = false;
    },
    write,
    send(files = [], quote) {
      const text = draft.value.trim();
      if ((text === '' && files.length === 0) || text.length > LIMITS.messageChars) return;
      write('');
      say(
        text,
        files.map((file) => file.id),
        quote,
      );
    },
    retry(failed) {
      const one = settled.value.find((item) => item.id === failed);
      settled.value = settled.value.filter((item) => item.id !== failed);
      if (one) say(one.text, one.files, one.quote);
    },
    removeFailed(failed) {
      settled.value = settled.value.filter((item) => item.id !== failed);
    },
    markRead() {
      const to = events.value.reduce((top, event) => Math.max(top, event.visitorSeq ?? 0), 0);
      if (to <= readTo || to === 0) return;
      if ((summary.value?.marks.staffRead ?? 0) >= to && summary.value?.unread === 0) {
        readTo = to;
        return;
      }
      if (session.sign({ type: 'mark', conversation: id, delivered: to, read: to })) readTo = to;
    },
    setSummary(next) {
      summary.value = next;
    },
    settle(command, verdict) {
      if (command.type !== 'message:send') return;
      const shown = events.value.some((event) => event.id === command.id);
      const { text, files, quote } = command;
      if (verdict.type === 'reject')
        settled.value = [...settled.value, { id: command.id, text, files, quote, state: 'failed', code: verdict.code }];
      else if (!shown) settled.value = [...settled.value, { id: command.id, text, files, state: 'sent' }];
    },
    receive,
    grow,
    refresh() {
      if (state.value === 'failed' || !session.log(id)) load();
      else loadCard().catch(() => {});
    },
  };
}
