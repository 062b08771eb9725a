import { FrontdeskError, type Owed } from '../protocol/errors.ts';
import type { Db, Schema } from '../store/index.ts';
import { secondFactorOf } from './second-factor.ts';
import { isDemandedOf } from './second-factor-demand.ts';
import type { OperatorRow } from './store.ts';

/** What whoever owes something may still ask, below `/api/v1`: who they are, and what it takes to be let in. */
const OPEN: Record<Owed, ReadonlySet<string>> = {
  'choose-password': new Set(['GET /me', 'POST /me/password']),
  'set-up-second-factor': new Set([
    ...['GET /me', 'GET /me/second-factor'],
    ...['POST /me/second-factor', 'POST /me/second-factor/confirm'],
  ]),
};

/** What an operator who signed in has to do before anything else works; null: nothing. */
export async function gateOf(db: Db, t: Schema, operator: OperatorRow): Promise<Owed | null> {
  if (operator.passwordGivenAt !== null) return 'choose-password';
  if (!(await isDemandedOf(db, t, operator.id))) return null;
  return (await secondFactorOf(db, t, operator.id)).on ? null : 'set-up-second-factor';
}

/** Throws what is owed, unless the request (`GET /me`) is one of those that are open all the same. A socket never is. */
export function passGate(owes: Owed | null, request?: string): void {
  if (owes !== null && !(request !== undefined && OPEN[owes].has(request))) throw new FrontdeskError(owes);
}
