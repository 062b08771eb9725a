import { WebSocket as NodeSocket } from 'ws';
import { uuidv7 } from '../client/ids.ts';
import type { OutboxStore } from '../client/outbox-store.ts';
import { createSession, type Session } from '../client/session.ts';
import { socketWire } from '../client/socket-wire.ts';
import { sseWire } from '../client/sse-wire.ts';
import { aloneTab } from '../client/tabs.ts';
import type { Hello, OpenWire } from '../client/wire.ts';
import type { Draft, OperatorCommand, RelayFrame, VisitorCommand } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { PROTOCOL } from '../protocol/version.ts';
import type { SessionReply } from '../protocol/visitor-http.ts';
import { USER_AGENT } from '../testing/clients.ts';
import type { Journal } from './journal.ts';

/** Where a client finds the relay: its own address of 127.0.0.0/8 and the proxy's port behind it. */
export interface LabTarget {
  /** `http://127.0.1.7:PORT` */
  url: string;
  site: string;
}

/** A client of the laboratory: the shipped client code, a journal of what came of it, and a page that comes and goes. */
export interface LabClient {
  readonly name: string;
  /** The conversations it writes in and shows. */
  readonly conversations: readonly string[];
  readonly pending: number;
  readonly online: boolean;
  /** Opens the page (anew), with what the outbox still holds; tries until it is there or `givenUp` says so. */
  open(givenUp: () => boolean): Promise<void>;
  close(): void;
  say(conversation: string, text: string): Promise<void>;
  /** A command that the relay may refuse by its rules. */
  act(draft: Draft<OperatorCommand>): Promise<void>;
  wake(): void;
  /** The highest number shown of a conversation. */
  top(conversation: string): number;
  /** Notes what the page shows at the end, and closes it. */
  rest(): void;
  /** Sends some of its first commands once more, as they were, from a fresh outbox; how many got a verdict. */
  repeat(): Promise<number>;
  /** Ends the journal. */
  finish(): void;
}

/** So many commands of each client are sent once more at the end. */
const REPEATED = 4;
/** A verdict of a repeated command that takes longer is taken for none. */
const VERDICT_MS = 10_000;

type Some = Session<VisitorCommand>;

/** A WebSocket class with these headers, that does not throw where a browser's would not. */
export function socketWith(headers: Record<string, string>): typeof WebSocket {
  return class extends NodeSocket {
    constructor(url: string) {
      super(url, { headers, perMessageDeflate: false });
      this.on('error', () => {});
    }
  } as unknown as typeof WebSocket;
}

/** Writes into the journal what comes over a wire, before the client's own code sees it. */
function tapped(wire: OpenWire, journal: Journal): OpenWire {
  const got = ({ conversation, seq, id, type }: LogEvent) =>
    journal.write({ k: 'got', c: conversation, s: seq, id, t: type });
  const note = (frame: RelayFrame) => {
    if (frame.type === 'ack') journal.write({ k: 'ack', id: frame.id, c: frame.conversation, s: frame.seq });
    if (frame.type === 'reject') journal.write({ k: 'reject', id: frame.id, code: frame.code });
    if (frame.type === 'event') got(frame.event);
    if (frame.type === 'replay') frame.events.forEach(got);
    if (frame.type === 'resync') journal.write({ k: 'resync' });
  };
  return (hello, events) =>
    wire(hello, {
      closed: events.closed,
      frame: (frame) => {
        note(frame);
        events.frame(frame);
      },
    });
}

const firstWord = (text: string) => text.split(' ')[0] ?? '';

interface Page {
  session: Some;
  conversations: readonly string[];
}

function labClient(options: {
  name: string;
  journal: Journal;
  wires: () => OpenWire[];
  store: OutboxStore<VisitorCommand>;
  /** What a page asks before it can connect. */
  prepare(): Promise<{ conversations: readonly string[]; hello: (common: object) => Hello }>;
}): LabClient {
  const { name, journal, store } = options;
  let page: Page | undefined;
  const kept: VisitorCommand[] = [];

  const show = (session: Some, conversations: readonly string[]) => {
    for (const conversation of conversations) session.follow(conversation, 0);
    session.sign({ type: 'follow', conversations: conversations.map((conversation) => ({ conversation, seq: 0 })) });
  };
  const command = async (draft: Draft<VisitorCommand | OperatorCommand>, may?: true) => {
    if (!page) return;
    const made = await page.session.command(draft as Draft<VisitorCommand>);
    if (kept.length < REPEATED) kept.push(made);
    const { id, n } = made;
    const c = 'conversation' in draft ? draft.conversation : '';
    const x = draft.type === 'message:send' ? draft.text : undefined;
    journal.write({ k: 'sent', id, n, c, t: draft.type, ...(x !== undefined && { x }), ...(may && { may }) });
  };

  return {
    name,
    get conversations() {
      return page?.conversations ?? [];
    },
    get pending() {
      return page?.session.outbox.pending.length ?? 0;
    },
    get online() {
      return page?.session.state === 'online';
    },
    async open(givenUp) {
      for (;;) {
        if (givenUp()) return;
        const prepared = await options.prepare().catch(() => null);
        if (!prepared) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          continue;
        }
        journal.write({ k: 'page' });
        const session = createSession<VisitorCommand>({
          ...{ store, tabs: aloneTab, hello: prepared.hello },
          wires: options.wires().map((wire) => tapped(wire, journal)),
        });
        const { conversations } = prepared;
        session.on('event', ({ event: { conversation, seq, id, type, ...event } }) => {
          const x = 'text' in event && event.text !== null ? { x: firstWord(event.text) } : {};
          journal.write({ k: 'show', c: conversation, s: seq, id, t: type, ...x });
        });
        session.on('resync', () => {
          journal.write({ k: 'page' });
          show(session, conversations);
        });
        for (const conversation of conversations) session.follow(conversation, 0);
        page = { session, conversations };
        session.connect();
        return;
      }
    },
    close() {
      page?.session.destroy();
      page = undefined;
    },
    async say(conversation, text) {
      journal.write({ k: 'want', c: conversation, x: text });
      await command({ type: 'message:send', conversation, text });
    },
    act: (draft) => command(draft, true),
    wake: () => page?.session.wake(),
    top: (conversation) => page?.session.log(conversation)?.top ?? 0,
    rest() {
      for (const c of page?.conversations ?? []) {
        const all = page?.session.log(c)?.events.map(({ seq, id }): [number, string] => [seq, id]) ?? [];
        journal.write({ k: 'list', c, all });
      }
      journal.write({ k: 'end', pending: page?.session.outbox.pending.length ?? 0 });
      this.close();
    },
    async repeat() {
      const { hello } = await options.prepare();
      const wire = tapped(options.wires()[0] as OpenWire, journal);
      let answered = 0;
      for (const command of kept) if (await verdictOnce(wire, hello, command)) answered++;
      return answered;
    },
    finish: () => journal.close(),
  };
}

/** Says hello with a fresh outbox that stands at this command, sends it, and waits for its verdict. */
function verdictOnce(wire: OpenWire, hello: (common: object) => Hello, command: VisitorCommand): Promise<boolean> {
  return new Promise((resolve) => {
    let answered = false;
    const common = { outbox: { id: uuidv7(), next: command.n }, epoch: '', resume: [] };
    const over = () => {
      clearTimeout(late);
      resolve(answered);
    };
    const late = setTimeout(() => line.close(), VERDICT_MS);
    const line = wire(hello(common), {
      closed: over,
      frame: (frame) => {
        if (frame.type === 'welcome') line.send(command);
        answered ||= frame.type === 'ack' || frame.type === 'reject';
        if (answered) line.close();
      },
    });
  });
}

const ASK_MS = 5_000;
const page = { url: 'https://lab.example/', title: 'Laboratory', referrer: '' };

/** A visitor. `streams`: takes the event stream first, as where WebSocket is blocked. */
export function labVisitor(options: {
  name: string;
  target: LabTarget;
  journal: Journal;
  store: OutboxStore<VisitorCommand>;
  streams: boolean;
}): LabClient & { readonly token: string } {
  const { target, streams } = options;
  const base = `${target.url}/api/visitor`;
  const socket = socketWire(`${base.replace('http', 'ws')}/socket?site=${target.site}`, socketWith({}));
  let token = '';
  const client = labClient({
    ...options,
    wires: () => (streams ? [sseWire(base), socket] : [socket, sseWire(base)]),
    async prepare() {
      const answer = await fetch(`${base}/session`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'user-agent': USER_AGENT },
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ site: target.site, page, locale: 'en' }),
        signal: AbortSignal.timeout(ASK_MS),
      });
      if (!answer.ok) throw new Error(`session: ${answer.status}`);
      const reply = (await answer.json()) as SessionReply;
      token = reply.token ?? token;
      return {
        conversations: [reply.conversation.id],
        hello: (common) =>
          ({ type: 'hello', role: 'visitor', protocol: PROTOCOL, site: target.site, token, page, ...common }) as Hello,
      };
    },
  });
  return Object.defineProperty(client, 'token', { get: () => token }) as LabClient & { readonly token: string };
}

/** An operator who follows these conversations; signs in once, and again when told to. */
export function labOperator(options: {
  name: string;
  target: LabTarget;
  journal: Journal;
  store: OutboxStore<OperatorCommand>;
  credentials: { email: string; password: string };
  conversations: readonly string[];
}): LabClient {
  const { target, credentials, conversations } = options;
  let cookie = '';
  return labClient({
    ...options,
    store: options.store as unknown as OutboxStore<VisitorCommand>,
    wires: () => [socketWire(`${target.url.replace('http', 'ws')}/api/v1/socket`, socketWith({ cookie }))],
    async prepare() {
      if (!cookie) {
        const answer = await fetch(`${target.url}/api/v1/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(credentials),
          signal: AbortSignal.timeout(ASK_MS),
        });
        if (!answer.ok) throw new Error(`sign-in: ${answer.status}`);
        cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      }
      return {
        conversations,
        hello: (common) =>
          ({ type: 'hello', role: 'operator', protocol: PROTOCOL, site: target.site, ...common }) as Hello,
      };
    },
  });
}
