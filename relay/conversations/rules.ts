import type { ConversationStatus, OperatorRole } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';

/** What the rules look at of a conversation. */
export interface ConversationState {
  status: ConversationStatus;
  assigneeId: string | null;
  createdAt: Date;
}

/** What a command does to a conversation; `null`: it is so already, and nothing is written. */
export interface Change {
  status?: ConversationStatus;
  assigneeId?: string | null;
}

/** What the rules look at of a message and of the operator who wants to change it. */
interface MessageState {
  type: string;
  authorKind: string;
  authorId: string | null;
  deleted: boolean;
}
interface Changer {
  operatorId: string;
  role: OperatorRole;
}

/**
 * Whether there is something to change: operators correct and delete their own messages, the owner deletes any
 * operator's; what a visitor or an invitation said stays. False: it is deleted already.
 */
export function mayChange(message: MessageState, who: Changer, how: 'edit' | 'delete'): boolean {
  const isOwn = message.authorId === who.operatorId;
  if (
    message.type !== 'message' ||
    message.authorKind !== 'operator' ||
    !(isOwn || (how === 'delete' && who.role === 'owner'))
  )
    throw new FrontdeskError('forbidden', 'This message is not yours to change.');
  if (!message.deleted) return true;
  if (how === 'edit') throw new FrontdeskError('message-deleted');
  return false;
}

/** Days after which a conversation cannot go back to the queue. */
export const QUEUE_DAYS = 30;
const DAY_MS = 86_400_000;

/** An operator takes a conversation: whoever comes second is told who has it [R2]. */
export function take(state: ConversationState, operatorId: string, holderName: string | null): Change | null {
  if (state.assigneeId === operatorId && state.status === 'open') return null;
  if (state.assigneeId !== null && state.assigneeId !== operatorId && state.status === 'open')
    throw new FrontdeskError('already-taken', `${holderName ?? 'Another operator'} has taken this conversation.`, {
      operator: { id: state.assigneeId, name: holderName ?? '' },
    });
  return { status: 'open', assigneeId: operatorId };
}

/** Gives a conversation to an operator, whoever has it now. */
export function assign(state: ConversationState, operatorId: string): Change | null {
  if (state.assigneeId === operatorId && state.status === 'open') return null;
  return { status: 'open', assigneeId: operatorId };
}

/** Puts a conversation back to the queue, unless it is too old for it. */
export function giveBack(state: ConversationState, now: number): Change | null {
  if (state.assigneeId === null && state.status === 'open') return null;
  if (state.assigneeId === null) throw new FrontdeskError('not-assigned');
  if (now - state.createdAt.getTime() > QUEUE_DAYS * DAY_MS) throw new FrontdeskError('too-old');
  return { status: 'open', assigneeId: null };
}

/** Closes a conversation; it keeps its operator. */
export function close(state: ConversationState): Change | null {
  return state.status === 'closed' ? null : { status: 'closed' };
}

/** Opens a closed conversation again; it keeps its operator. */
export function reopen(state: ConversationState): Change | null {
  return state.status === 'open' ? null : { status: 'open' };
}

/** Whoever answers an unassigned conversation takes it; a closed one opens again. */
export function answer(state: ConversationState, operatorId: string): Change | null {
  const change: Change = {};
  if (state.status === 'closed') change.status = 'open';
  if (state.assigneeId === null) change.assigneeId = operatorId;
  return Object.keys(change).length === 0 ? null : change;
}
