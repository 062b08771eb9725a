import type { ShownEvent } from '../../relay/client/revised.ts';
import type { LogEvent, VisitorCommand } from '../../relay/protocol/index.ts';
import { LIMITS } from '../../relay/protocol/limits.ts';
import type { AppContext } from '../app.tsx';
import { read } from '../base/fetch.ts';
import type { ContentLater } from './content-later.ts';

/** A line of a conversation as it is drawn. */
export interface Line {
  id: string;
  kind: 'message' | 'form' | 'status';
  mine: boolean;
  name: string;
  authorId: string;
  text: string;
  at: number;
  /** `waits` and `failed` are not at the relay. */
  state: 'waits' | 'failed' | 'sent' | 'delivered' | 'read' | '';
  event?: ShownEvent;
  /** Of one that has no event yet. */
  command?: Extract<VisitorCommand, { type: 'message:send' }>;
}

/** The conversations' lines, their history, and what the visitor writes. */
export interface ChatModel {
  /** The conversation on the screen; the present chat where the screen names none. */
  shown(): string;
  /** What is written and not sent, in the conversation on the screen. */
  draft: string;
  /** Whether there is something to send, all of it here. */
  readonly ready: boolean;
  lines(conversation: string): Line[];
  /** Name of the operator who is writing now, if one is. */
  writing(conversation: string): string;
  /** Whether there is more above what is shown. */
  more(conversation: string): boolean;
  /** Loads a page of older events, once at a time. */
  older(conversation: string): Promise<void>;
  readonly failed: boolean;
  /** Whether all that changed since the last drawing is what stands in the composer. */
  typed: boolean;
  type(text: string): void;
  send(): void;
  retry(id: string): void;
  remove(id: string): void;
}

const PAGE = 50;
const TYPING_EVERY_MS = 3_000;

export function createChat(app: AppContext, content: ContentLater): ChatModel {
  const { core, update } = app;
  const { kept } = core;
  const loading = new Set<string>();
  /** Sent and acknowledged, while their events have not come yet. */
  const taken = new Map<string, { command: VisitorCommand; at: number }>();
  const writers = new Map<string, [name: string, at: number]>();
  const writtenAt = new Map<string, number>();
  let typedAt = 0;
  let failed = false;
  let watching = false;

  const shown = () =>
    app.screen.split('conversation/')[1] ?? (app.live?.session.current || core.session.conversation.id);
  /** Also where the device keeps nothing. */
  const drafts = new Map<string, string>();
  const draftOf = (conversation: string) => drafts.get(conversation) ?? kept.get<string>(`draft:${conversation}`) ?? '';
  const keep = (conversation: string, text: string) => {
    drafts.set(conversation, text);
    kept.set(`draft:${conversation}`, text || null);
  };
  const typing = (on: boolean) => {
    const now = Date.now();
    if (on === now - typedAt < TYPING_EVERY_MS) return;
    typedAt = on ? now : 0;
    app.live?.session.sign({ type: 'typing', conversation: shown(), on });
  };
  /** Whatever is acknowledged stays in sight until its event is there. */
  const watch = () => {
    if (watching || !app.live) return;
    watching = true;
    app.live.session.on('frame', (frame) => {
      if (frame.type !== 'typing') return;
      writers.set(frame.conversation, [frame.author.name, frame.on ? Date.now() : 0]);
      setTimeout(update, LIMITS.typingMs);
      update();
    });
    app.live.session.on('event', ({ event }) => writers.delete(event.conversation));
    app.live.session.on('verdict', ({ command, verdict }) => {
      if (verdict.type === 'ack') taken.set(command.id, { command, at: Date.parse(verdict.at) });
    });
  };
  /** A line stays the same object while nothing about it changes: by that it is known what need not be drawn again. */
  const made = new WeakMap<ShownEvent, Line>();
  const ofEvent = (event: ShownEvent): Line => {
    const { id, type, author, seq, conversation, at } = event;
    const mine = author.kind === 'visitor';
    const { staffRead = 0, staffDelivered = 0 } = app.live?.session.conversations.get(conversation)?.marks ?? {};
    const state = !mine ? '' : staffRead >= seq ? 'read' : staffDelivered >= seq ? 'delivered' : 'sent';
    const known = made.get(event);
    if (known?.state === state) return known;
    const line: Line = {
      // The words of an invitation and the answer to it come of one command, and so have one id.
      id: mine ? id : id + seq,
      kind: type === 'message' || type === 'form' ? type : 'status',
      mine,
      name: author.name,
      authorId: author.id ?? author.name,
      text: type === 'message' || type === 'form' ? event.text : type === 'status' ? event.status : '',
      at: Date.parse(at),
      state,
      event,
    };
    made.set(event, line);
    return line;
  };
  const ofCommand = (command: VisitorCommand, state: Line['state'], at: number): Line[] =>
    command.type === 'message:send' && command.conversation === shown()
      ? [
          {
            id: command.id,
            kind: 'message',
            mine: true,
            name: '',
            authorId: '',
            text: command.text,
            at,
            state,
            command,
          },
        ]
      : [];

  return {
    shown,
    get draft() {
      return draftOf(shown());
    },
    set draft(text) {
      keep(shown(), text);
      update();
    },
    get ready() {
      const more = content.part?.ready(shown()) ?? (content.part ? undefined : false);
      return more !== undefined && (more || !!draftOf(shown()).trim());
    },
    get failed() {
      return failed;
    },
    lines(conversation) {
      watch();
      const lines = content.of(app.live?.session.log(conversation)?.events ?? []).map(ofEvent);
      const known = (id: string) => lines.some((line) => line.id === id);
      for (const [id, { command, at }] of taken)
        if (known(id)) taken.delete(id);
        else lines.push(...ofCommand(command, 'sent', at));
      const written = (id: string) => {
        const at = writtenAt.get(id) ?? Date.now();
        writtenAt.set(id, at);
        return at;
      };
      for (const { command } of app.live?.refused.value ?? [])
        lines.push(...ofCommand(command, 'failed', written(command.id)));
      for (const command of app.live?.session.outbox.pending ?? [])
        if (!known(command.id)) lines.push(...ofCommand(command, 'waits', written(command.id)));
      return lines;
    },
    writing(conversation) {
      const [name, at = 0] = writers.get(conversation) ?? [''];
      return Date.now() - at < LIMITS.typingMs ? name : '';
    },
    more: (conversation) => (app.live?.session.log(conversation)?.floor ?? 0) > 0,
    async older(conversation) {
      const log = app.live?.session.log(conversation);
      if (!log?.floor || loading.has(conversation)) return;
      loading.add(conversation);
      failed = false;
      try {
        const { events } = await read<{ events: LogEvent[] }>(app, `conversations/${conversation}/events`, {
          before: `${log.floor + 1}`,
          limit: `${PAGE}`,
        });
        log.prepend(events);
      } catch {
        failed = true;
      }
      loading.delete(conversation);
      update();
    },
    typed: false,
    type(text) {
      this.draft = text;
      // A key is a turn of its own: whatever else changed was drawn before.
      this.typed = true;
      typing(!!text);
    },
    send() {
      const text = this.draft.trim();
      const conversation = shown();
      if (!this.ready) return;
      const extras = content.part?.take(conversation);
      typing(false);
      this.draft = '';
      core
        .live()
        .then((live) => live.send(text, conversation, extras))
        .catch(() => {
          keep(conversation, text);
          update();
        });
    },
    retry(id) {
      const refused = app.live?.refused.value.find(({ command }) => command.id === id);
      this.remove(id);
      if (refused?.command.type === 'message:send')
        app.live?.send(refused.command.text, refused.command.conversation, {
          files: refused.command.files,
          quote: refused.command.quote,
        });
    },
    remove(id) {
      if (app.live) app.live.refused.value = app.live.refused.value.filter(({ command }) => command.id !== id);
    },
  };
}
