import type { LiveSession, SessionState } from '../bus/role.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { Connection } from './connection.ts';

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
    ping: () => connection.ping?.(),
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
