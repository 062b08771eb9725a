import type { OperatorRole } from '../protocol/index.ts';

/** An operator as the rules need to know them. */
export interface Known {
  id: string;
  role: OperatorRole;
  deleted: boolean;
}

/** What can be done to an operator of the site. */
export type OperatorAction = 'create' | 'rename' | 'set-password' | 'reset-second-factor' | 'delete';

/**
 * Whether `actor` may do this to `target` (absent for `create`). The owner makes, names and removes operators; everybody
 * names themself. Nobody touches a deleted one, and the owner cannot be deleted.
 */
export function mayActOn(actor: Known, action: OperatorAction, target?: Known): boolean {
  if (actor.deleted || target?.deleted) return false;
  if (action === 'create') return actor.role === 'owner';
  if (target === undefined) return false;
  if (action === 'rename') return actor.role === 'owner' || actor.id === target.id;
  if (action === 'delete') return actor.role === 'owner' && target.role !== 'owner';
  /* Of one's own the present password, or a code, is asked: those are other routes. */
  return actor.role === 'owner' && actor.id !== target.id && target.role !== 'owner';
}

/** An e-mail address as it is kept and looked for. */
export function toEmail(typed: string): string {
  return typed
    .replace(/\p{Cc}/gu, '')
    .trim()
    .normalize('NFC')
    .toLowerCase();
}
