import { randomUUIDv7 } from 'node:crypto';
import {
  type Heard,
  type KnownVisitor,
  makeVisitor,
  many,
  message,
  operatorSocket,
  signIn,
  type Target,
  visitorSocket,
} from './clients.ts';
import { leanSocket } from './lean-socket.ts';

/** Connections of one crew in all. */
export const CONNECTIONS = 100;
/** Of these, sockets of operators; each shows the conversations of nine visitors. */
const OPERATORS = 10;
/** The others write. */
export const VISITORS = CONNECTIONS - OPERATORS;

/** Visitors who write and operators who watch, connected and ready. */
export interface Crew {
  /** The next message of a visitor, with its running number; `said` leads its text. */
  next(visitor: number, said?: string): string;
  send(visitor: number, frame: string): void;
  close(): void;
}

/** What the bench does with what they hear. */
export interface Ears {
  ack?(visitor: number): void;
  /** An event at an operator's. */
  event(payload: Buffer): void;
}

/** Every tenth visitor's conversation is this operator's. */
const shareOf = (chats: readonly string[], operator: number) => chats.filter((_, at) => at % OPERATORS === operator);

function crewOf(sockets: { visitors: Sending[]; operators: Sending[] }, chats: readonly string[]): Crew {
  const numbers = chats.map(() => 0);
  return {
    next(visitor, said) {
      numbers[visitor] = (numbers[visitor] ?? 0) + 1;
      return message(numbers[visitor] ?? 0, chats[visitor] ?? '', said);
    },
    send: (visitor, frame) => sockets.visitors[visitor]?.send(frame),
    close() {
      for (const socket of [...sockets.visitors, ...sockets.operators]) socket.close();
    },
  };
}
type Sending = Awaited<ReturnType<typeof leanSocket>>;

/** On the relay itself: page loads, hellos, all limits on. `from`: number of the first visitor's address. */
export async function relayCrew(target: Target, ears: Ears, from = 0): Promise<Crew> {
  const known = await many(VISITORS, 8, (n) => makeVisitor(target, from + n));
  const visitors = await many(VISITORS, 8, (n) => {
    const heard: Heard = { ack: () => ears.ack?.(n) };
    return visitorSocket(target, known[n] as KnownVisitor, heard);
  });
  const chats = known.map(({ chat }) => chat);
  const cookie = await signIn(target);
  const operators = await many(OPERATORS, 5, (n) =>
    operatorSocket(target, cookie, shareOf(chats, n), { event: ears.event }),
  );
  return crewOf({ visitors, operators }, chats);
}

/** On the bare relay of the baseline, which knows no sessions. */
export async function bareCrew(port: number, ears: Ears): Promise<Crew> {
  const chats = Array.from({ length: VISITORS }, () => randomUUIDv7());
  const open = async (follows: readonly string[], onText: (type: string, payload: Buffer) => void) => {
    const socket = await leanSocket({
      ...{ port, path: '/' },
      onText: (payload) => onText(payload.toString('latin1', 9, 12), payload),
    });
    const conversations = follows.map((conversation) => ({ conversation }));
    socket.send(JSON.stringify({ type: 'follow', conversations }));
    return socket;
  };
  // As with the relay: a visitor's own socket gets the event too.
  const visitors = await many(VISITORS, 10, (n) =>
    open([chats[n] ?? ''], (type) => {
      if (type === 'ack') ears.ack?.(n);
    }),
  );
  const operators = await many(OPERATORS, 10, (n) =>
    open(shareOf(chats, n), (type, payload) => {
      if (type === 'eve') ears.event(payload);
    }),
  );
  return crewOf({ visitors, operators }, chats);
}
