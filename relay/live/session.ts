import type { CloseName } from '../protocol/close-codes.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { Connection } from './connection.ts';

/**
 * `greeting`: no welcome yet. `live`: after it. `closed`: nothing more goes either way.
 */
export type SessionState = 'greeting' | 'live' | 'closed';

/** One socket (or event stream) of one client on this relay. Not a visit, not a sign-in. */
export interface LiveSession<Identity = unknown> {
  readonly id: number;
  readonly topics: Set<string>;
  state: SessionState;
  /** Who this is; set by the role's `enter`. */
  identity: Identity;
  lastHeardAt: number;
  /** Commands handed over that have no verdict yet. */
  commandsWaiting: number;
  send(frame: RelayFrame): void;
  /** Sends what is serialised already, if it may be sent yet. */
  deliver(payload: string): void;
  close(name: CloseName): void;
  readonly connection: Connection;
}

let count = 0;

/** A session that has said nothing yet. Frames published while it is greeting wait, so that they follow the welcome. */
export function createSession(connection: Connection, now: number): LiveSession {
  let held: string[] = [];
  const write = (payload: string) => {
    if (session.state === 'closed') return;
    if (connection.owed() > LIMITS.owedBytes) return session.close('too-slow');
    connection.send(payload);
  };
  const session: LiveSession = {
    id: ++count,
    topics: new Set(),
    get state() {
      return state;
    },
    set state(next) {
      state = next;
      const payloads = held;
      held = [];
      if (next === 'live') for (const payload of payloads) write(payload);
    },
    identity: undefined,
    lastHeardAt: now,
    commandsWaiting: 0,
    connection,
    send: (frame) => write(JSON.stringify(frame)),
    deliver: (payload) => {
      if (state === 'greeting') held.push(payload);
      else write(payload);
    },
    close: (name) => {
      if (state === 'closed') return;
      state = 'closed';
      held = [];
      connection.close(name);
    },
  };
  let state: SessionState = 'greeting';
  return session;
}
