import { randomUUIDv7 } from 'node:crypto';
import { LIMITS } from '../../protocol/limits.ts';
import {
  addressOf,
  makeVisitor,
  many,
  message,
  operatorSocket,
  signIn,
  type Target,
  visitorSocket,
} from './clients.ts';
import { type LeanSocket, leanSocket } from './lean-socket.ts';

/** A load on one server: connections that each keep `window` messages on the way. */
export interface Load {
  /** Messages answered since the start. */
  answered(): number;
  /** Copies that followers got. */
  fannedOut(): number;
  start(): void;
  /** Sends nothing more and waits for the last answers. */
  finish(): Promise<void>;
}

/** Connections of one load in all. */
export const CONNECTIONS = 100;
/** Of these, sockets of operators; each shows the conversations of nine visitors. */
const OPERATORS = 10;
const WINDOW = 16;

/** Keeps every sender's window full until told to stop. */
function windows(sockets: readonly LeanSocket[], next: (sender: number) => string, window = WINDOW) {
  let answers = 0;
  let sent = 0;
  let running = false;
  const send = (sender: number) => {
    sent++;
    sockets[sender]?.send(next(sender));
  };
  return {
    answered(sender: number) {
      answers++;
      if (running) send(sender);
    },
    load: (fannedOut: () => number, close: () => void): Load => ({
      answered: () => answers,
      fannedOut,
      start() {
        running = true;
        for (let sender = 0; sender < sockets.length; sender++) for (let i = 0; i < window; i++) send(sender);
      },
      async finish() {
        running = false;
        for (let tries = 0; answers < sent && tries < 500; tries++)
          await new Promise((resolve) => setTimeout(resolve, 20));
        if (answers < sent) throw new Error(`${sent - answers} of ${sent} messages were never answered`);
        close();
      },
    }),
  };
}

/** Frames that come back as they went; `wrap` is what the server's own protocol puts around a text. */
export async function echoLoad(port: number, kind: 'ws' | 'socket.io'): Promise<Load> {
  const plain = kind === 'ws';
  const sockets: LeanSocket[] = [];
  let answered = (_: number) => {};
  for (let n = 0; n < CONNECTIONS; n++) {
    const open = (payload: Buffer) => {
      if (plain || payload.toString('latin1', 0, 2) === '42') return answered(n);
      // The handshake of Engine.IO and Socket.IO, and its ping.
      if (payload[0] === 0x30) sockets[n]?.send('40');
      if (payload[0] === 0x32) sockets[n]?.send('3');
    };
    const path = plain ? '/' : '/socket.io/?EIO=4&transport=websocket';
    // The first frame may come along with the upgrade.
    const early: Buffer[] = [];
    let onText = (payload: Buffer): void => {
      early.push(Buffer.from(payload));
    };
    sockets[n] = await leanSocket({ port, path, from: addressOf(n), onText: (payload) => onText(payload) });
    onText = open;
    for (const payload of early) open(payload);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  const chats = sockets.map(() => randomUUIDv7());
  let n = 0;
  const run = windows(sockets, (sender) => {
    const frame = message(++n, chats[sender] ?? '');
    return plain ? frame : `42["m",${frame}]`;
  });
  answered = run.answered;
  return run.load(
    () => 0,
    () => {
      for (const socket of sockets) socket.close();
    },
  );
}

/** Visitors who write, operators who watch: the bare relay of the baseline. */
export async function bareLoad(port: number): Promise<Load> {
  const chats = Array.from({ length: CONNECTIONS - OPERATORS }, () => randomUUIDv7());
  let answered = (_: number) => {};
  let copies = 0;
  const open = (onText: (payload: Buffer) => void) => leanSocket({ port, path: '/', onText });
  const visitors = await many(chats.length, 10, async (n) => {
    const socket = await open((payload) => {
      if (payload.toString('latin1', 9, 12) === 'ack') answered(n);
    });
    // As with the relay: a visitor's own socket gets the event too.
    socket.send(JSON.stringify({ type: 'follow', conversations: [{ conversation: chats[n] }] }));
    return socket;
  });
  const operators = await many(OPERATORS, 10, async (n) => {
    const socket = await open((payload) => {
      if (payload.toString('latin1', 9, 14) === 'event') copies++;
    });
    const mine = chats.filter((_, at) => at % OPERATORS === n).map((conversation) => ({ conversation }));
    socket.send(JSON.stringify({ type: 'follow', conversations: mine }));
    return socket;
  });
  const numbers = chats.map(() => 0);
  const run = windows(visitors, (sender) => {
    numbers[sender] = (numbers[sender] ?? 0) + 1;
    return message(numbers[sender] ?? 0, chats[sender] ?? '');
  });
  answered = run.answered;
  return run.load(
    () => copies,
    () => {
      for (const socket of [...visitors, ...operators]) socket.close();
    },
  );
}

/** The same load on the relay itself: sessions, hellos, running numbers, all limits on. */
export async function relayLoad(target: Target, from = 0): Promise<Load> {
  const known = await many(CONNECTIONS - OPERATORS, 8, (n) => makeVisitor(target, from + n));
  let answered = (_: number) => {};
  let copies = 0;
  const visitors = await many(known.length, 8, (n) =>
    visitorSocket(target, known[n] as (typeof known)[number], { ack: () => answered(n) }),
  );
  const cookie = await signIn(target);
  const operators = await many(OPERATORS, 5, (n) =>
    operatorSocket(
      target,
      cookie,
      known.filter((_, at) => at % OPERATORS === n).map(({ chat }) => chat),
      { event: () => copies++ },
    ),
  );
  const numbers = known.map(() => 0);
  const run = windows(
    visitors,
    (sender) => {
      numbers[sender] = (numbers[sender] ?? 0) + 1;
      return message(numbers[sender] ?? 0, known[sender]?.chat ?? '');
    },
    Math.min(WINDOW, LIMITS.commandsInFlight),
  );
  answered = run.answered;
  return run.load(
    () => copies,
    () => {
      for (const socket of [...visitors, ...operators]) socket.close();
    },
  );
}
