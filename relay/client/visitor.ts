import type { VisitorConversation } from '../protocol/entities.ts';
import type { VisitorCommand, VisitorWelcome } from '../protocol/frames.ts';
import type { Page } from '../protocol/texts.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { idbOutbox } from './idb-outbox.ts';
import { memoryOutbox } from './memory-outbox.ts';
import { createSession, type Session } from './session.ts';

import { socketWire } from './socket-wire.ts';
import { sseWire } from './sse-wire.ts';
import { browserTabs } from './tabs.ts';
import { wakeWithPage } from './wake.ts';

export interface VisitorClientOptions {
  /** The relay's address without a trailing slash: `https://support.example`. */
  relay: string;
  site: string;
  /** The device's token, asked at every hello: signing in and out changes it, in this tab or another. */
  token(): string;
  /** Whether the device may keep commands; in memory alone otherwise, each tab for itself. */
  durable: boolean;
  /** Another tab ended what the device has with the relay: it logged out, or consent was taken back (`wait`, `denied`). */
  left(how: string): void;
  /** The page the visitor is on, asked at every hello. */
  page(): Page;
}

/** A visitor's session in a browser, and what it knows of their conversations. */
export interface VisitorClient extends Session<VisitorCommand> {
  /** The visitor's conversations by id, as the relay last told of them. */
  readonly conversations: ReadonlyMap<string, VisitorConversation>;
  /** The chat that is theirs to write in. */
  readonly current: string;
  /** Tells the other tabs that this one ends what the device has with the relay. */
  leave(how: string): void;
}

/** Makes a visitor's session: outbox in IndexedDB, WebSocket first, event stream when that is blocked. */
export async function createVisitorClient({
  relay,
  site,
  token,
  durable,
  left,
  page,
}: VisitorClientOptions): Promise<VisitorClient> {
  const name = `frontdesk:${relay}:${site}:visitor${durable ? '' : Math.random()}`;
  const base = `${relay}/api/visitor`;
  const over = new AbortController();
  const wires = [socketWire(`${base.replace(/^http/, 'ws')}/socket?site=${site}`), sseWire(base)];
  const session = createSession<VisitorCommand>({
    wires,
    store: await (durable ? idbOutbox : memoryOutbox)<VisitorCommand>(name),
    tabs: browserTabs(name),
    hello: (common) => ({
      type: 'hello',
      role: 'visitor',
      protocol: PROTOCOL,
      site,
      token: token(),
      page: page(),
      ...common,
    }),
  });
  const conversations = new Map<string, VisitorConversation>();
  wakeWithPage(session, over.signal);
  // Who is alone with the relay needs no code for sharing a line.
  const channel = new BroadcastChannel(`${name}:line`);
  channel.onmessage = () => {
    channel.onmessage = null;
    import('./shared-line.ts').then(({ shareLine }) => shareLine({ channel, session, wires, left, over: over.signal }));
  };
  channel.postMessage(0);
  const { destroy } = session;
  const client = Object.assign(session, {
    current: '',
    conversations,
    leave: (left: string) => channel.postMessage({ left }),
    destroy() {
      over.abort();
      channel.close();
      destroy();
    },
  });

  /** Marks never go backwards: a head may have been made before the mark that came ahead of it [MK1]. */
  const raise = ({ marks }: { marks: Record<string, number> }, to: Record<string, number> = {}) => {
    for (const side in to) marks[side] = Math.max(marks[side] ?? 0, to[side] ?? 0);
  };
  let known = conversations;
  const keep = (head: VisitorConversation, top: number) => {
    raise(head, known.get(head.id)?.marks);
    conversations.set(head.id, head);
    session.follow(head.id, top);
  };
  session.on('welcome', (frame) => {
    const { conversation: current, conversations: all } = frame as VisitorWelcome;
    client.current = current;
    // They may be somebody else's than before.
    known = new Map(conversations);
    conversations.clear();
    for (const head of all) keep(head, head.seq);
    known = conversations;
    session.follow(client.current, 0);
  });
  session.on('frame', (frame) => {
    if (frame.type === 'conversation') {
      client.current = frame.current;
      keep(frame.conversation, 0);
    }
    const head = frame.type === 'mark' && conversations.get(frame.conversation);
    if (!head) return;
    const { side, read, delivered } = frame;
    if (side === 'staff') return raise(head, { staffDelivered: delivered, staffRead: read });
    raise(head, { visitorRead: read });
    // Another tab or device has read it.
    if (read >= (session.log(head.id)?.top ?? 0)) head.unread = 0;
  });
  return client;
}
