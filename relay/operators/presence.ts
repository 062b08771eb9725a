import type { Presence } from '../bus/presence.ts';
import type { Availability, PresenceStatus } from '../protocol/entities.ts';

/** How long an operator counts as here after their last socket was lost: a reload, a change of network. */
const GONE_AFTER_MS = 30_000;

/** An operator who has a socket (or had one a moment ago). */
export interface OperatorHere {
  name: string;
  status: PresenceStatus;
}

/** Who of the team is here, and so whether a chat can be answered. */
export interface OperatorsHere {
  /** A socket of an operator is here. The answer is to be called when it is gone. */
  arrive(siteId: string, operatorId: string, here: OperatorHere): () => void;
  setStatus(siteId: string, operatorId: string, status: PresenceStatus): void;
  /** Signing out: gone at once. */
  leave(siteId: string, operatorId: string): void;
  availability(siteId: string): Availability;
  statuses(siteId: string): Record<string, PresenceStatus>;
  stop(): void;
}

export function createOperatorsHere(presence: Presence<OperatorHere>): OperatorsHere {
  const sockets = new Map<string, number>();
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();
  const keyOf = (siteId: string, operatorId: string) => `${siteId}:${operatorId}`;

  return {
    arrive(siteId, operatorId, here) {
      const key = keyOf(siteId, operatorId);
      clearTimeout(leaving.get(key));
      leaving.delete(key);
      sockets.set(key, (sockets.get(key) ?? 0) + 1);
      presence.set(siteId, operatorId, here);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        const others = (sockets.get(key) ?? 1) - 1;
        if (others > 0) {
          sockets.set(key, others);
          return;
        }
        sockets.delete(key);
        const timer = setTimeout(() => {
          leaving.delete(key);
          presence.remove(siteId, operatorId);
        }, GONE_AFTER_MS);
        leaving.set(key, timer.unref());
      };
    },
    setStatus(siteId, operatorId, status) {
      const known = presence.get(siteId, operatorId);
      if (known) presence.set(siteId, operatorId, { ...known, status });
    },
    leave: (siteId, operatorId) => presence.remove(siteId, operatorId),
    availability(siteId) {
      const online = [...presence.list(siteId)].filter(([, { status }]) => status === 'online');
      return { online: online.length > 0, operators: online.slice(0, 20).map(([id, { name }]) => ({ id, name })) };
    },
    statuses: (siteId) => Object.fromEntries([...presence.list(siteId)].map(([id, { status }]) => [id, status])),
    stop() {
      for (const timer of leaving.values()) clearTimeout(timer);
    },
  };
}
