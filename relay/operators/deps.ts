import type { PresenceStatus } from '../protocol/index.ts';
import type { Clock, LazyWrites, Persistence } from '../store/index.ts';
import type { SignInThrottle } from './throttle.ts';

/** What the room of operators needs from outside; the composition root fills it in. */
export interface OperatorsDeps {
  store: Persistence;
  clock: Clock;
  lazy: LazyWrites;
  throttle: SignInThrottle;
  /** Who of a site is here, by operator; who is not in it is offline. */
  statuses(siteId: string): Record<string, PresenceStatus>;
  /** These sign-ins are over: their sockets are to be closed at once. */
  onRevoked(sessionIds: readonly string[]): void;
  /** An operator is gone for good: what they had is to go back to the queue. */
  onDeleted(siteId: string, operator: { id: string; name: string }): Promise<void>;
  /** The site's list of operators was changed. */
  onEdited(siteId: string): void;
}
