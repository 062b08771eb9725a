import { type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationSummary } from '../../protocol/entities.ts';
import type { RelayFrameOf } from '../../protocol/frames.ts';
import { joined, placed, type StoredView } from './membership.ts';

/** A page of a view as the relay gives it. */
export interface ListPage {
  conversations: ConversationSummary[];
  cursor: string | null;
  change: number;
}

/** The site's changes of these numbers, and the rows they left. */
export type Changes = Pick<RelayFrameOf<'changes'>, 'from' | 'to' | 'conversations'>;

/** One view's list: loaded by pages, kept fresh by numbered changes. */
export interface ListModel {
  readonly rows: ReadonlySignal<readonly ConversationSummary[]>;
  readonly state: ReadonlySignal<'idle' | 'loading' | 'ready' | 'failed'>;
  readonly more: ReadonlySignal<boolean>;
  /** Loads the first page unless it is there or on its way. */
  start(): void;
  loadMore(): void;
  /** Loads anew, at least as far as before; the old rows stay until then. */
  reload(): void;
  /** Numbered changes of the site's lists, and the rows as they are after them. */
  apply(changes: Changes): void;
  /** The relay's number of the last change: behind it, the list is loaded anew. */
  expect(change: number): void;
}

const PAGE = 50;
const LONGEST_PAGE = 200;
const AGAIN_MS = 3_000;

export function createList(options: {
  view: StoredView;
  me: string;
  fetchPage(view: StoredView, cursor: string | null, limit: number): Promise<ListPage>;
}): ListModel {
  const { view, me, fetchPage } = options;
  const rows = signal<readonly ConversationSummary[]>([]);
  const state = signal<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  const more = signal(false);
  let cursor: string | null = null;
  /** The number the rows are fresh up to. */
  let at = 0;
  let loading = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Changes that came while a page was on its way. */
  let waiting: Changes[] = [];

  const apply = ({ from, to, conversations }: Changes) => {
    if (to <= at) return;
    if (from > at + 1) return reload();
    at = to;
    rows.value = conversations.reduce((all, row) => placed(all, row, view, me, cursor === null), rows.value);
  };
  const reload = async () => {
    if (loading) return;
    loading = true;
    clearTimeout(again);
    if (state.value !== 'ready') state.value = 'loading';
    try {
      const limit = Math.min(LONGEST_PAGE, Math.max(PAGE, rows.value.length));
      const page = await fetchPage(view, null, limit);
      rows.value = page.conversations;
      cursor = page.cursor;
      more.value = cursor !== null;
      at = page.change;
      state.value = 'ready';
    } catch {
      if (state.value !== 'ready') state.value = 'failed';
      again = setTimeout(reload, AGAIN_MS);
    }
    loading = false;
    const missed = waiting;
    waiting = [];
    if (state.value === 'ready') for (const changes of missed) take(changes);
  };
  const take = (changes: Changes) => {
    if (loading) waiting.push(changes);
    else apply(changes);
  };

  return {
    rows,
    state,
    more,
    start() {
      if (state.value === 'idle' || state.value === 'failed') reload();
    },
    async loadMore() {
      if (loading || cursor === null) return;
      loading = true;
      try {
        const page = await fetchPage(view, cursor, PAGE);
        cursor = page.cursor;
        more.value = cursor !== null;
        rows.value = joined(rows.value, page.conversations);
      } catch {
        // The end of the list asks again when it is looked at again.
      }
      loading = false;
      const missed = waiting;
      waiting = [];
      for (const changes of missed) take(changes);
    },
    reload,
    apply(changes) {
      if (state.value !== 'idle' && state.value !== 'failed') take(changes);
    },
    expect(change) {
      if (state.value === 'ready' && !loading && change > at) reload();
    },
  };
}
