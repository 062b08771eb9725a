import type { PresenceStatus } from '../protocol/index.ts';
import type { Clock, LazyWrites, Persistence } from '../store/index.ts';
import type { SignInThrottle } from './throttle.ts';

/** Closes secrets so that they can lie in the store, each bound to its owner. */
export interface Seal {
  close(plain: Buffer, owner: string): string;
  /** null when it cannot be opened: another key, another owner, or it was changed. */
  open(sealed: string, owner: string): Buffer | null;
  /** Whether it was closed by the newest key. */
  isFresh(sealed: string): boolean;
}

/** What the room of operators needs from outside; the composition root fills it in. */
export interface OperatorsDeps {
  store: Persistence;
  clock: Clock;
  lazy: LazyWrites;
  throttle: SignInThrottle;
  seal: Seal;
  /** Who of a site is here, by operator; who is not in it is offline. */
  statuses(siteId: string): Record<string, PresenceStatus>;
  /** These sign-ins are over, or owe something before they are good again: their sockets are to be closed at once. */
  onRevoked(sessionIds: readonly string[]): void;
  /** An operator is gone for good: what they had is to go back to the queue. */
  onDeleted(siteId: string, operator: { id: string; name: string }): Promise<void>;
  /** The site's list of operators was changed. */
  onEdited(siteId: string): void;
}
