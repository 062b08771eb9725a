import { randomUUIDv7 } from 'node:crypto';
import { addressOf, message, type Target } from './clients.ts';
import { bareCrew, CONNECTIONS, type Crew, type Ears, relayCrew, VISITORS } from './crew.ts';
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

/** Messages that each sender keeps on the way; the shipped client's own window is twice that. */
const WINDOW = 16;

/** Keeps every sender's window full until told to stop. */
function windows(senders: number, sendNext: (sender: number) => void) {
  let answers = 0;
  let sent = 0;
  let running = false;
  const send = (sender: number) => {
    sent++;
    sendNext(sender);
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
        for (let sender = 0; sender < senders; sender++) for (let i = 0; i < WINDOW; i++) send(sender);
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

/** Frames that come back as they went. */
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
  const run = windows(CONNECTIONS, (sender) => {
    const frame = message(++n, chats[sender] ?? '');
    sockets[sender]?.send(plain ? frame : `42["m",${frame}]`);
  });
  answered = run.answered;
  return run.load(
    () => 0,
    () => {
      for (const socket of sockets) socket.close();
    },
  );
}

/** Visitors who write as fast as they are answered, and operators who watch. */
async function crewLoad(open: (ears: Ears) => Promise<Crew>): Promise<Load> {
  let answered = (_: number) => {};
  let copies = 0;
  const crew = await open({ ack: (visitor) => answered(visitor), event: () => copies++ });
  const run = windows(VISITORS, (visitor) => crew.send(visitor, crew.next(visitor)));
  answered = run.answered;
  return run.load(() => copies, crew.close);
}

/** The load on the bare relay of the baseline. */
export const bareLoad = (port: number): Promise<Load> => crewLoad((ears) => bareCrew(port, ears));

/** The same load on the relay itself. */
export const relayLoad = (target: Target): Promise<Load> => crewLoad((ears) => relayCrew(target, ears));
