import type { LiveSession } from '../bus/role.ts';
import { LIMITS } from '../protocol/limits.ts';

/**
 * Slots the heartbeats are spread over: one sweep over all sockets at once would stall the loop. A slot's sockets also
 * answer together, so that it has to be small: 20,000 sockets make 80 of each.
 */
const SLOTS = 250;

export interface Heartbeat {
  /** `beat` is called once every `heartbeatMs`; a session not heard of for `silenceMs` is closed instead. */
  add<I>(session: LiveSession<I>, beat: (session: LiveSession<I>) => void): void;
  remove<I>(session: LiveSession<I>): void;
  stop(): void;
}

/** Beats all sessions in time slots, and closes the silent ones [HB1, HB2]. */
export function createHeartbeat(now: () => number): Heartbeat {
  type Slot = Map<LiveSession<unknown>, (session: LiveSession<unknown>) => void>;
  const slots = Array.from({ length: SLOTS }, (): Slot => new Map());
  const slotOf = (session: Pick<LiveSession, 'id'>) => slots[session.id % SLOTS] as Slot;
  let next = 0;

  const timer = setInterval(() => {
    const slot = slots[next++ % SLOTS] as Slot;
    for (const [session, beat] of slot) {
      if (now() - session.lastHeardAt > LIMITS.silenceMs + LIMITS.heartbeatMs) session.close('silent');
      else {
        beat(session);
        session.ping();
      }
    }
  }, LIMITS.heartbeatMs / SLOTS);
  timer.unref();

  return {
    add: (session, beat) => {
      slotOf(session).set(session as LiveSession, beat as (session: LiveSession) => void);
    },
    remove: (session) => {
      slotOf(session).delete(session as LiveSession);
    },
    stop: () => clearInterval(timer),
  };
}
