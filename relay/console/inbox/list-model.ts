import { type ReadonlySignal, signal } from '@preact/signals';
import type { ConversationSummary } from '../../protocol/entities.ts';
import { joined, placed, type StoredView } from './membership.ts';

/** A page of a view as the relay gives it. */
export interface ListPage {
  conversations: ConversationSummary[];
  cursor: string | null;
  change: number;
}

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
  /** A numbered change of the site's lists. */
  apply(change: number, conversation: ConversationSummary): void;
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
  let waiting: { change: number; conversation: ConversationSummary }[] = [];

  const apply = (change: number, conversation: ConversationSummary) => {
    if (change <= at) return;
    if (change > at + 1) return reload();
    at = change;
    rows.value = placed(rows.value, conversation, view, me, cursor === null);
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
    if (state.value === 'ready') for (const { change, conversation } of missed) take(change, conversation);
  };
  const take = (change: number, conversation: ConversationSummary) => {
    if (loading) waiting.push({ change, conversation });
    else apply(change, conversation);
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
      for (const { change, conversation } of missed) take(change, conversation);
    },
    reload,
    apply(change, conversation) {
      if (state.value !== 'idle' && state.value !== 'failed') take(change, conversation);
    },
    expect(change) {
      if (state.value === 'ready' && !loading && change > at) reload();
    },
  };
}
