import { memoryOutbox } from '../../relay/client/memory-outbox.ts';
import { createSession, type Session } from '../../relay/client/session.ts';
import { socketWire } from '../../relay/client/socket-wire.ts';
import { aloneTab } from '../../relay/client/tabs.ts';
import type { Command, OperatorCommand, VisitorCommand } from '../../relay/protocol/frames.ts';
import type { LogEvent } from '../../relay/protocol/log-event.ts';
import { PROTOCOL } from '../../relay/protocol/version.ts';
import type { SessionReply } from '../../relay/protocol/visitor-http.ts';
import type { Dialogue } from './dialogues.ts';
import { cookieSocket, signIn } from './operator-socket.ts';

export interface ReplayOptions {
  /** The relay's address without a trailing slash. */
  relay: string;
  site: string;
  operator: { email: string; password: string };
  dialogues: readonly Dialogue[];
  /** Dialogues that go on at the same time. */
  atOnce: number;
  onProgress?(done: number): void;
}

export interface ReplayReport {
  dialogues: number;
  messages: number;
  seconds: number;
  /** What a second client, or the store, showed otherwise than it was said. */
  differences: string[];
}

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const page = { url: 'https://shop.example/replay', title: 'Replay', referrer: '' };

/** Replays dialogues as visitors and an operator over the real sockets, and reads each back twice. */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const begun = performance.now();
  const cookie = await signIn(options.relay, options.operator);
  const operator = createSession<OperatorCommand>({
    wires: [socketWire(`${options.relay.replace(/^http/, 'ws')}/api/v1/socket`, cookieSocket(cookie))],
    store: memoryOutbox<OperatorCommand>(),
    tabs: aloneTab,
    hello: (common) => ({ type: 'hello', role: 'operator', protocol: PROTOCOL, site: options.site, ...common }),
  });
  await connected(operator);

  const report: ReplayReport = { dialogues: 0, messages: 0, seconds: 0, differences: [] };
  const waiting = [...options.dialogues];
  const worker = async () => {
    for (let dialogue = waiting.shift(); dialogue; dialogue = waiting.shift()) {
      const differences = await replayOne(options, operator, cookie, dialogue);
      report.differences.push(...differences.map((difference) => `${dialogue.id}: ${difference}`));
      report.dialogues++;
      report.messages += dialogue.messages.length;
      options.onProgress?.(report.dialogues);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  operator.destroy();
  report.seconds = (performance.now() - begun) / 1_000;
  return report;
}

async function replayOne(
  options: ReplayOptions,
  operator: Session<OperatorCommand>,
  cookie: string,
  dialogue: Dialogue,
): Promise<string[]> {
  const { relay, site } = options;
  const { token, chat } = await askSession(relay, site, dialogue.locale);
  const visitor = visitorSession(relay, site, token);
  await connected(visitor);
  for (const { author, text } of dialogue.messages) {
    const draft = { type: 'message:send', conversation: chat, text } as const;
    // The next one speaks only when this one is stored, as people do.
    if (author === 'visitor') await stored(visitor, () => visitor.command(draft));
    else await stored(operator, () => operator.command(draft));
  }
  visitor.destroy();

  const said = dialogue.messages.map(({ text }) => text.trim());
  const shown = await secondClient(relay, site, token, chat, said.length);
  const kept = await staffEvents(relay, site, cookie, chat);
  return [...compare('the second client', said, shown), ...compare('the store', said, kept)];
}

function compare(where: string, said: readonly string[], found: readonly string[]): string[] {
  if (said.length !== found.length) return [`${where} has ${found.length} of ${said.length} messages`];
  const at = said.findIndex((text, i) => text !== found[i]);
  return at < 0 ? [] : [`${where} has «${found[at]}» in place of «${said[at]}»`];
}

const textsOf = (events: readonly LogEvent[]) =>
  events.flatMap((event) => (event.type === 'message' ? [event.text] : []));

function visitorSession(relay: string, site: string, token: string): Session<VisitorCommand> {
  return createSession<VisitorCommand>({
    wires: [socketWire(`${relay.replace(/^http/, 'ws')}/api/visitor/socket?site=${site}`)],
    store: memoryOutbox<VisitorCommand>(),
    tabs: aloneTab,
    hello: (common) => ({ type: 'hello', role: 'visitor', protocol: PROTOCOL, site, token, page, ...common }),
  });
}

async function askSession(relay: string, site: string, locale: string): Promise<{ token: string; chat: string }> {
  const answer = await fetch(`${relay}/api/visitor/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': USER_AGENT },
    body: JSON.stringify({ site, page, locale }),
  });
  if (!answer.ok) throw new Error(`A session was refused: ${await answer.text()}`);
  const reply = (await answer.json()) as SessionReply;
  return { token: reply.token ?? '', chat: reply.conversation.id };
}

/** A fresh client of the same visitor, who has nothing and resumes from 0. */
async function secondClient(
  relay: string,
  site: string,
  token: string,
  chat: string,
  count: number,
): Promise<string[]> {
  const session = visitorSession(relay, site, token);
  const log = session.follow(chat, 0);
  const complete = new Promise<void>((resolve) => {
    session.on('event', () => {
      if (textsOf(log.events).length >= count) resolve();
    });
    setTimeout(resolve, 30_000).unref();
  });
  await connected(session);
  await complete;
  session.destroy();
  return textsOf(log.events);
}

/** What the store holds, as the staff's side reads it in pages. */
async function staffEvents(relay: string, site: string, cookie: string, chat: string): Promise<string[]> {
  const texts: string[] = [];
  for (let after = 0; ; ) {
    const address = `${relay}/api/v1/sites/${site}/conversations/${chat}/events?after=${after}&limit=200`;
    const answer = await fetch(address, { headers: { cookie } });
    const { events } = (await answer.json()) as { events: LogEvent[] };
    if (events.length === 0) return texts;
    texts.push(...textsOf(events));
    after = events.at(-1)?.seq ?? after;
  }
}

function connected<C extends Command>(session: Session<C>): Promise<void> {
  return new Promise((resolve, reject) => {
    session.on('welcome', () => resolve());
    session.on(
      'state',
      ({ state, code }) => state === 'refused' && reject(new Error(`The relay refused with ${code}.`)),
    );
    session.connect();
  });
}

/** Gives a command and waits for its verdict. */
function stored<C extends Command>(session: Session<C>, give: () => Promise<C>): Promise<void> {
  return new Promise((resolve, reject) => {
    const verdicts = new Map<string, string>();
    let id: string | undefined;
    const look = () => {
      const verdict = id === undefined ? undefined : verdicts.get(id);
      if (verdict === undefined) return;
      off();
      if (verdict === 'ack') resolve();
      else reject(new Error(verdict));
    };
    const off = session.on('verdict', ({ command, verdict }) => {
      verdicts.set(command.id, verdict.type === 'ack' ? 'ack' : verdict.message);
      look();
    });
    give().then((command) => {
      id = command.id;
      look();
    }, reject);
  });
}
