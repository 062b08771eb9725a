import { FrontdeskError } from '../protocol/errors.ts';
import type { OperatorsDeps } from './deps.ts';
import { verifyPassword } from './passwords.ts';
import { type OperatorRow, operatorById } from './store.ts';

/**
 * Asks somebody who is signed in for their password once more. Throws `bad-credentials` with the field when it is not right,
 * `slow-down`; the try counts like one of a sign-in until it is forgiven.
 */
export async function askPassword(
  { store, throttle }: Pick<OperatorsDeps, 'store' | 'throttle'>,
  who: { id: string; email: string; ip: string },
  typed: string,
  field = 'password',
): Promise<OperatorRow> {
  await throttle.take(who.email, who.ip);
  const row = await operatorById(store.read, store.t, who.id);
  if (row && (await verifyPassword(typed, row.passwordHash))) return row;
  throw new FrontdeskError('bad-credentials', 'The present password is not right.', { field });
}
