import { FrontdeskError } from '../protocol/errors.ts';
import type { OperatorRow } from './store.ts';

/** So long a password that somebody was given lets them in; whoever comes later needs a new one. */
export const FIRST_PASSWORD_MS = 7 * 24 * 60 * 60 * 1_000;

/** Whether somebody was given their password too long ago to begin with it. */
export function isOverdue({ passwordGivenAt }: Pick<OperatorRow, 'passwordGivenAt'>, now: number): boolean {
  return passwordGivenAt !== null && now - passwordGivenAt.getTime() >= FIRST_PASSWORD_MS;
}

/** Throws when `next` is no way out of a first password: that one again, or the first one is over meanwhile. */
export function checkSuccessor(
  operator: Pick<OperatorRow, 'passwordGivenAt'>,
  change: { current: string; next: string; now: number },
): void {
  if (operator.passwordGivenAt === null) return;
  if (isOverdue(operator, change.now)) throw new FrontdeskError('first-password-over');
  if (change.next.normalize('NFKC') === change.current.normalize('NFKC'))
    throw new FrontdeskError('conflict', 'Choose another one than the password that you were given.', {
      field: 'next',
    });
}
