import type { ConversationSummary } from '../../protocol/entities.ts';

/** Views that the relay keeps lists of; «Online» is made here, of these and of who is on the site. */
export type StoredView = 'unassigned' | 'mine' | 'all' | 'closed';

/** Whether a conversation belongs to a view of this operator. */
export function belongs(view: StoredView, conversation: ConversationSummary, me: string): boolean {
  if (view === 'closed') return conversation.status === 'closed';
  if (conversation.status !== 'open') return false;
  if (view === 'unassigned') return conversation.assignee === null;
  return view === 'all' || conversation.assignee?.id === me;
}

type Row = ConversationSummary;

/** The order in which the relay gives pages: latest first, then by id. */
export const byLatest = (a: Row, b: Row): number =>
  a.lastEventAt === b.lastEventAt ? (a.id < b.id ? 1 : -1) : a.lastEventAt < b.lastEventAt ? 1 : -1;

/** Who waits longest stands first; below them those who do not wait, latest first. */
export function byWaiting(a: Row, b: Row): number {
  if (a.waitingSince !== b.waitingSince) {
    if (a.waitingSince === null) return 1;
    if (b.waitingSince === null) return -1;
    return a.waitingSince < b.waitingSince ? -1 : 1;
  }
  return byLatest(a, b);
}

/**
 * A view's rows after a conversation has changed. `complete`: there are no further pages. A row that would stand below
 * the last one loaded is left to the page that brings it.
 */
export function placed(
  rows: readonly Row[],
  changed: Row,
  view: StoredView,
  me: string,
  complete: boolean,
): readonly Row[] {
  const others = rows.filter(({ id }) => id !== changed.id);
  if (!belongs(view, changed, me)) return others.length === rows.length ? rows : others;
  const last = others.at(-1);
  if (!complete && last && byLatest(last, changed) < 0) return others;
  const at = others.findIndex((row) => byLatest(changed, row) < 0);
  return at < 0 ? [...others, changed] : [...others.slice(0, at), changed, ...others.slice(at)];
}

/** Rows with a further page below them; what is there already stays as it is. */
export function joined(rows: readonly Row[], page: readonly Row[]): readonly Row[] {
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...page.filter(({ id }) => !known.has(id))].sort(byLatest);
}

/** Whether a row has all words of a query in its visitor, subject, reference or last line. */
export function matches(row: Row, query: string, visitorWords: string): boolean {
  const text = [visitorWords, row.visitor.email, row.subject, row.reference, row.lastLine?.text, row.assignee?.name]
    .join(' ')
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
