import type { Bus } from '../bus/bus.ts';
import type { LiveSession } from '../bus/role.ts';

/** Who listens to what in this process: one bus subscription per topic, however many sessions follow it. */
export interface Hub {
  join(session: LiveSession, topic: string): void;
  leave(session: LiveSession, topic: string): void;
  leaveAll(session: LiveSession): void;
}

export function createHub(bus: Bus): Hub {
  const followers = new Map<string, { sessions: Set<LiveSession>; off: () => void }>();

  const leave = (session: LiveSession, topic: string) => {
    session.topics.delete(topic);
    const entry = followers.get(topic);
    if (!entry?.sessions.delete(session) || entry.sessions.size > 0) return;
    entry.off();
    followers.delete(topic);
  };

  return {
    join(session, topic) {
      // What was asked for while the session ended must not be followed for ever.
      if (session.state === 'closed' || session.topics.has(topic)) return;
      session.topics.add(topic);
      const entry = followers.get(topic);
      if (entry) {
        entry.sessions.add(session);
        return;
      }
      const sessions = new Set([session]);
      const off = bus.subscribe(topic, (payload) => {
        for (const follower of sessions) follower.deliver(payload);
      });
      followers.set(topic, { sessions, off });
    },
    leave,
    leaveAll(session) {
      for (const topic of [...session.topics]) leave(session, topic);
    },
  };
}
