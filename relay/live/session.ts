import type { LiveSession, SessionState } from '../bus/role.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { Connection } from './connection.ts';

let count = 0;
/** So little may be owed when the next page of a replay goes out, and so often that is looked at. */
const DRAINED_BYTES = 256 * 1024;
const DRAINED_MS = 5;

/** A session that has said nothing yet. Frames published while it is greeting wait, so that they follow the welcome. */
export function createSession(connection: Connection, now: number): LiveSession {
  let held: string[] = [];
  let heldChars = 0;
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
      heldChars = 0;
      if (next === 'live') for (const payload of payloads) write(payload);
    },
    identity: undefined,
    lastHeardAt: now,
    commandsWaiting: 0,
    ping: () => connection.ping?.(),
    send: (frame) => write(JSON.stringify(frame)),
    deliver: (payload) => {
      if (state !== 'greeting') return write(payload);
      held.push(payload);
      heldChars += payload.length;
      if (heldChars > LIMITS.owedBytes) session.close('too-slow');
    },
    async drained() {
      while (state !== 'closed' && connection.owed() > DRAINED_BYTES)
        await new Promise((resolve) => setTimeout(resolve, DRAINED_MS));
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
