import type { ConversationSummary } from '../../protocol/entities.ts';

export type NoticeKind = 'queue' | 'answer' | 'assigned';

/** What a change means to this operator; null: nothing to be called for. */
export function noticeOf(
  before: ConversationSummary | undefined,
  after: ConversationSummary,
  me: string,
  byMyself: boolean,
): NoticeKind | null {
  if (after.status !== 'open') return null;
  const mine = after.assignee?.id === me;
  if (mine && before?.assignee?.id !== me && !byMyself && before !== undefined) return 'assigned';
  const more = after.unread > (before?.unread ?? 0);
  if (!more) return null;
  if (mine) return 'answer';
  const wasInQueue = before !== undefined && before.status === 'open' && before.assignee === null && before.unread > 0;
  return after.assignee === null && !wasInQueue ? 'queue' : null;
}
