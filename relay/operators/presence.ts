import type { Presence } from '../bus/presence.ts';
import type { Person, PresenceStatus } from '../protocol/entities.ts';
import type { Clock } from '../store/index.ts';

/** An operator who has a socket (or had one a moment ago). */
export interface OperatorHere {
  name: string;
  status: PresenceStatus;
}

/** Who of the team is here. */
export interface OperatorsHere {
  /**
   * A socket of an operator is here; `lastHeardAt` says when it last gave a sign of life. The answer is to be called when
   * it is gone.
   */
  arrive(siteId: string, operatorId: string, here: OperatorHere, lastHeardAt: () => number): () => void;
  /** Had chats when the relay went down: gone, unless they come within the grace. */
  expect(siteId: string, operatorId: string): void;
  setStatus(siteId: string, operatorId: string, status: PresenceStatus): void;
  /** Signed out: gone at once, unless another of their sockets is still here. */
  leave(siteId: string, operatorId: string): void;
  /** Who can take a chat. */
  online(siteId: string): Person[];
  statuses(siteId: string): Record<string, PresenceStatus>;
  /** Looks who was not heard of for too long; to be called every second or so. */
  look(): void;
}

interface Known {
  siteId: string;
  operatorId: string;
  here: OperatorHere;
  sockets: Set<() => number>;
  /** Of the sockets that are gone. */
  lastHeardAt: number;
  counted: boolean;
}

/**
 * An operator is here while one of their sockets was heard of within the site's grace, whether it is still open or not: a
 * line that died without a word tells no more than one that was closed.
 */
export function createOperatorsHere(deps: {
  presence: Presence<OperatorHere>;
  clock: Clock;
  graceMs(siteId: string): number;
  /** Somebody counts as gone from now on. */
  onGone(siteId: string, operatorId: string): void;
}): OperatorsHere {
  const { presence, clock, graceMs, onGone } = deps;
  const all = new Map<string, Known>();
  const keyOf = (siteId: string, operatorId: string) => `${siteId}:${operatorId}`;
  const heardAt = ({ sockets, lastHeardAt }: Known) => Math.max(lastHeardAt, ...[...sockets].map((socket) => socket()));

  const count = (one: Known) => {
    one.counted = true;
    presence.set(one.siteId, one.operatorId, one.here);
  };
  const drop = (one: Known) => {
    const { siteId, operatorId, sockets, counted } = one;
    one.counted = false;
    if (sockets.size === 0) all.delete(keyOf(siteId, operatorId));
    if (!counted) return;
    presence.remove(siteId, operatorId);
    onGone(siteId, operatorId);
  };

  return {
    arrive(siteId, operatorId, here, lastHeardAt) {
      const key = keyOf(siteId, operatorId);
      const one = all.get(key) ?? { siteId, operatorId, here, sockets: new Set(), lastHeardAt: 0, counted: false };
      all.set(key, one);
      one.here = here;
      one.sockets.add(lastHeardAt);
      count(one);
      return () => {
        if (one.sockets.delete(lastHeardAt)) one.lastHeardAt = Math.max(one.lastHeardAt, lastHeardAt());
      };
    },
    expect(siteId, operatorId) {
      const key = keyOf(siteId, operatorId);
      const here: OperatorHere = { name: '', status: 'offline' };
      if (!all.has(key))
        all.set(key, { siteId, operatorId, here, sockets: new Set(), lastHeardAt: clock.now(), counted: true });
    },
    setStatus(siteId, operatorId, status) {
      const one = all.get(keyOf(siteId, operatorId));
      if (!one) return;
      one.here = { ...one.here, status };
      count(one);
    },
    leave(siteId, operatorId) {
      const one = all.get(keyOf(siteId, operatorId));
      if (one?.sockets.size === 0) drop(one);
    },
    online: (siteId) =>
      [...presence.list(siteId)].flatMap(([id, { name, status }]) => (status === 'online' ? [{ id, name }] : [])),
    statuses: (siteId) => Object.fromEntries([...presence.list(siteId)].map(([id, { status }]) => [id, status])),
    look() {
      const now = clock.now();
      for (const one of [...all.values()]) {
        if (now - heardAt(one) > graceMs(one.siteId)) drop(one);
        else if (!one.counted) count(one);
      }
    },
  };
}
