import type { LiveSession } from '../bus/role.ts';
import { LIMITS } from '../protocol/limits.ts';

/** Slots the heartbeats are spread over: one sweep over all sockets at once would stall the loop. */
const SLOTS = 64;

export interface Heartbeat {
  /** `beat` is called once every `heartbeatMs`; a session not heard of for `silenceMs` is closed instead. */
  add<I>(session: LiveSession<I>, beat: () => void): void;
  remove<I>(session: LiveSession<I>): void;
  stop(): void;
}

/** Beats all sessions in time slots, and closes the silent ones [HB1, HB2]. */
export function createHeartbeat(now: () => number): Heartbeat {
  type Member = Pick<LiveSession, 'id' | 'lastHeardAt' | 'ping' | 'close'>;
  const slots = Array.from({ length: SLOTS }, () => new Map<Member, () => void>());
  const slotOf = (session: Member) => slots[session.id % SLOTS] as Map<Member, () => void>;
  let next = 0;

  const timer = setInterval(() => {
    const slot = slots[next++ % SLOTS] as Map<Member, () => void>;
    for (const [session, beat] of slot) {
      if (now() - session.lastHeardAt > LIMITS.silenceMs + LIMITS.heartbeatMs) session.close('silent');
      else {
        beat();
        session.ping();
      }
    }
  }, LIMITS.heartbeatMs / SLOTS);
  timer.unref();

  return {
    add: (session, beat) => {
      slotOf(session as Member).set(session as Member, beat);
    },
    remove: (session) => {
      slotOf(session as Member).delete(session as Member);
    },
    stop: () => clearInterval(timer),
  };
}
