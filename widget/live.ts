import type { VNode } from 'preact';
import { createVisitorClient, type VisitorClient } from '../relay/client/visitor.ts';
import type { LogEvent, Reject, VisitorCommand, VisitorWelcome } from '../relay/protocol/index.ts';
import type { AppContext } from './app.tsx';
import type { Cell } from './base/cell.ts';
import type { Core } from './core.ts';
import type { Talk } from './invitations/bubble.ts';
import { followPage } from './page-follow.ts';

/** A command that the relay refused for good. */
export interface Refused {
  command: VisitorCommand;
  error: Pick<Reject, 'code' | 'message' | 'field' | 'challenge'>;
}

/** The connection as the window uses it: the client, and what is counted over all conversations. */
export interface Live {
  readonly session: VisitorClient;
  /** Counts up with whatever the window may have to draw again. */
  readonly changed: Cell<number>;
  /** Messages and forms that the relay refused, until the visitor tries again or removes them. */
  readonly refused: Cell<Refused[]>;
  /** The screen that shows a conversation. */
  pathOf(conversation: string): string;
  /** The visitor has seen everything in it. */
  read(conversation: string): void;
  /** `extras`: the files that go with it, and such. */
  send(text: string, conversation: string, extras?: object): Promise<VisitorCommand>;
  /** Shows words beside the launcher. */
  talk(what: Talk): Promise<void>;
  /** Where nothing is kept yet: what is said to who is about to write. */
  notice?(app: AppContext): VNode | undefined;
  /** Begins to keep what may be kept from now on. */
  begin?(): Promise<void>;
}

/** A title without our own count in front of it. */
const plain = (title: string) => title.replace(/^\(\d+\) /, '');

/** Connects, and keeps unread counts and marks; tells the page what happens. */
export default async function live(core: Core): Promise<Live> {
  const { kept, emit, options, session: first, unread, availability, open, invitation, over } = core;
  const page = () => ({ ...core.page(), title: plain(core.page().title) });
  const client = await createVisitorClient({
    relay: options.relay,
    site: first.site.key,
    token: () => kept.get<string>('token') ?? first.token,
    durable: !options.consent,
    left: async (how) => (await core.load('api')).left(core, how),
    page,
  });
  // From what the page began with: what comes before the line is there rings and shows like all that comes later.
  client.follow(first.conversation.id, first.conversation.seq);
  const heads = client.conversations;
  const changed = core.cell(0);
  const refused = core.cell<Refused[]>(kept.get('refused') ?? []);
  const pathOf = (conversation: string) => (conversation === client.current ? 'chat' : `conversation/${conversation}`);
  const update = () => {
    changed.value++;
  };
  const count = () => {
    let sum = 0;
    for (const head of heads.values()) sum += head.unread;
    unread.value = sum;
    update();
  };
  const mark = (conversation: string) => {
    const delivered = client.log(conversation)?.top ?? 0;
    const read = heads.get(conversation)?.marks.visitorRead ?? 0;
    if (delivered) client.sign({ type: 'mark', conversation, delivered, read });
  };
  const arrived = (event: LogEvent, counts: boolean) => {
    const { conversation, seq, author, type, id } = event;
    // News, also what came while the line was down or handed to another tab.
    if (event.at > first.now) {
      if (seq === 1) emit('chat:started', { conversation });
      if (type === 'status' && event.status === 'closed') emit('chat:closed', { conversation });
      if (type === 'message' && author.kind !== 'visitor') {
        const { text } = event;
        const path = pathOf(conversation);
        const head = heads.get(conversation);
        if (head) {
          // Of what was missed the relay told with its welcome.
          if (counts) head.unread++;
          // Who answers has read what came before.
          if (author.kind === 'operator') head.marks.staffRead = head.marks.staffDelivered = seq;
        }
        mark(conversation);
        emit('message:received', { conversation, id, text, author: author.name });
        if (!open.value || document.hidden) talk({ event, answer: (still) => core.show(path, { still }) });
      }
    }
    count();
  };

  refused.on((all) => {
    kept.set('refused', all);
    update();
  });
  for (const event of ['state', 'pending', 'resync'] as const) client.on(event, update);
  client.on('welcome', (frame) => {
    availability.value = (frame as VisitorWelcome).availability;
    count();
  });
  client.on('event', ({ event, live: counts }) => arrived(event, counts));
  client.on('frame', (frame) => {
    if (frame.type === 'availability') availability.value = frame.availability;
    // Heads and marks have changed with it, or may have.
    else count();
  });
  client.on('verdict', ({ command, verdict }) => {
    // What else there is (`conversation:…`) shows by the chat's own state.
    if (command.type > 'd') {
      if (verdict.type === 'reject') refused.value = [...refused.value, { command, error: verdict }];
      else if (command.type === 'form:submit') {
        emit('form:submitted', { conversation: verdict.conversation, reference: verdict.reference ?? '' });
      } else {
        const { id, text } = command as Extract<VisitorCommand, { type: 'message:send' }>;
        emit('message:sent', { conversation: verdict.conversation, id, text });
      }
    }
    update();
  });
  const retitle = (waiting: number) => {
    document.title = (waiting ? `(${waiting}) ` : '') + plain(document.title);
  };
  const talk = async (what: Talk) => (await core.load('bubble'))(core, what);
  unread.on((waiting) => {
    retitle(waiting);
    emit('unread', waiting);
  });
  availability.on(({ online }) => emit('availability', { online }));
  retitle(unread.value);
  const pageChanged = (moved: boolean) => {
    core.host.refresh();
    core.dress();
    if (moved) client.sign({ type: 'page', page: page() });
    update();
  };
  followPage(core.host.frame, pageChanged, over);
  over.addEventListener('abort', () => {
    client.destroy();
    retitle(0);
  });
  // The widget may have been taken away while this was being made: then its end has to be told once more.
  if (over.aborted) over.dispatchEvent(new Event('abort'));
  else client.connect();

  return {
    session: client,
    talk,
    pathOf,
    changed,
    refused,
    read(conversation) {
      const top = client.log(conversation)?.top ?? 0;
      const head = heads.get(conversation);
      if (!head || top <= head.marks.visitorRead || client.state !== 'online') return;
      head.marks.visitorRead = top;
      head.unread = 0;
      mark(conversation);
      count();
    },
    send(text, conversation, extras) {
      // JSON leaves it out where there is none.
      const trigger = invitation.value?.id as string;
      invitation.value = null;
      return client.command({ type: 'message:send', conversation, text, trigger, ...extras });
    },
  };
}
