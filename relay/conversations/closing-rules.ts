/** What the rules of a conversation's end look at. */
export interface EndState {
  channel: 'chat' | 'email';
  status: 'open' | 'closed';
  assigneeId: string | null;
  closedAt: Date | null;
  ratedAt: Date | null;
  endedAt: Date | null;
  closesAt: Date | null;
}

/** Whether a rating says something: of a closed chat that an operator had, and that was not ended as spam. */
export const mayBeRated = ({ channel, status, assigneeId, endedAt }: EndState): boolean =>
  channel === 'chat' && status === 'closed' && assigneeId !== null && endedAt === null;

/** Whether the visitor is to be asked: it was not rated since it was closed last. The earlier rating stands till then. */
export const asksForRating = (state: EndState): boolean =>
  mayBeRated(state) && (state.ratedAt === null || state.closedAt === null || state.ratedAt < state.closedAt);

/** What a visitor is asked about a conversation. */
export const asksOf = (state: EndState): 'rating' | 'solved' | null =>
  state.status === 'open' && state.closesAt !== null ? 'solved' : asksForRating(state) ? 'rating' : null;

/** Whether an operator's close asks the visitor first: about a chat that an operator has, and once. */
export const asksFirst = (on: boolean, { channel, status, assigneeId, closesAt }: EndState): boolean =>
  on && channel === 'chat' && status === 'open' && assigneeId !== null && closesAt === null;
