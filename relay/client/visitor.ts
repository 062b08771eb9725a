import type { VisitorConversation } from '../protocol/entities.ts';
import type { Page, VisitorCommand, VisitorWelcome } from '../protocol/frames.ts';
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
  /** The page the visitor is on, asked at every hello. */
  page(): Page;
}

/** A visitor's session in a browser, and what it knows of their conversations. */
export interface VisitorClient extends Session<VisitorCommand> {
  /** The visitor's conversations by id, as the relay last told of them. */
  readonly conversations: ReadonlyMap<string, VisitorConversation>;
  /** The chat that is theirs to write in. */
  readonly current: string;
}

/** Makes a visitor's session: outbox in IndexedDB, WebSocket first, event stream when that is blocked. */
export async function createVisitorClient({
  relay,
  site,
  token,
  durable,
  page,
}: VisitorClientOptions): Promise<VisitorClient> {
  const name = `frontdesk:${relay}:${site}:visitor${durable ? '' : Math.random()}`;
  const base = `${relay}/api/visitor`;
  const session = createSession<VisitorCommand>({
    wires: [socketWire(`${base.replace(/^http/, 'ws')}/socket?site=${site}`), sseWire(base)],
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
  const sleep = wakeWithPage(session.wake);
  const { destroy } = session;
  const client = Object.assign(session, {
    current: '',
    conversations,
    destroy() {
      sleep();
      destroy();
    },
  });

  session.on('welcome', (frame) => {
    const { conversation: current, conversations: all } = frame as VisitorWelcome;
    client.current = current;
    // They may be somebody else's than before.
    conversations.clear();
    for (const conversation of all) {
      conversations.set(conversation.id, conversation);
      session.follow(conversation.id, conversation.seq);
    }
    session.follow(client.current, 0);
  });
  session.on('frame', (frame) => {
    if (frame.type !== 'conversation') return;
    client.current = frame.current;
    conversations.set(frame.conversation.id, frame.conversation);
    session.follow(frame.conversation.id, 0);
  });
  return client;
}
