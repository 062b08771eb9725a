import { useComputed, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useApp, useDesk } from '../app/context.ts';
import { Button, IconButton } from '../base/button.tsx';
import { Icon } from '../base/icon.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { visitorName } from '../base/names.ts';
import { State } from '../base/state.tsx';
import { WindowedList } from '../base/windowed-list.tsx';
import { useListKeys } from '../keys/list-keys.ts';
import { words } from '../locales/locale.ts';
import type { ViewName } from '../router.ts';
import { byLatest, byWaiting, matches } from './membership.ts';
import { ConversationRow } from './row.tsx';

export const ROW_HEIGHT = 72;
/** As many rows are loaded for views that are put in order here. */
const ORDERED_HERE = 500;

/** The list column of a view of conversations. */
export function ListPane(props: { view: Exclude<ViewName, 'on-site'>; conversation: string | null }): VNode {
  const { view, conversation } = props;
  const app = useApp();
  const desk = useDesk();
  const search = useRef<HTMLInputElement>(null);
  const query = useSignal('');
  const sortKey = `sort:${view}`;
  const sort = useSignal(app.storage.get(sortKey) ?? (view === 'unassigned' ? 'waiting' : 'latest'));
  const { list: text, views, empty, shell } = words.value;
  const list = desk.list(view === 'online' ? 'all' : view);
  const stored = list.state.value;
  const source = view === 'online' ? desk.online : list.rows;

  useEffect(() => list.start(), [list]);
  const wantsAll = sort.value === 'waiting' || view === 'online';
  const count = list.rows.value.length;
  useEffect(() => {
    if (wantsAll && list.more.value && count < ORDERED_HERE) list.loadMore();
  }, [wantsAll, count, list.more.value]);

  const rows = useComputed(() => {
    const wanted = query.value.trim();
    const found = wanted
      ? source.value.filter((row) => matches(row, wanted, visitorName(row.visitor, words.value)))
      : source.value;
    return [...found].sort(sort.value === 'waiting' ? byWaiting : byLatest);
  });
  const go = (id: string | null) => app.router.go({ name: 'view', site: desk.site, view, conversation: id });
  useListKeys({
    ids: () => rows.value.map((row) => row.id),
    current: conversation,
    go,
    search: () => search.current?.focus(),
  });

  const [emptyTitle, emptyHint] = empty[view];
  return (
    <section class="list" aria-label={text.label(views[view])}>
      <header class="list-head">
        <h1>{views[view]}</h1>
        <select
          class="sort"
          aria-label={text.sort}
          value={sort.value}
          onChange={(event) => {
            sort.value = event.currentTarget.value;
            app.storage.set(sortKey, sort.value);
          }}
        >
          <option value="waiting">{text.longest}</option>
          <option value="latest">{text.latest}</option>
        </select>
      </header>
      <search class="list-search">
        <Icon name="search" size={16} />
        <input
          ref={search}
          type="text"
          class="input"
          aria-label={text.search}
          placeholder={text.search}
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
        {query.value ? (
          <IconButton icon="x" size={16} name={text.clear} onClick={() => (query.value = '')} />
        ) : (
          <span class="key" aria-hidden="true">
            /
          </span>
        )}
      </search>
      {stored === 'failed' ? (
        <State icon="warning" title={text.failed} alert>
          <Button icon="again" onClick={() => list.start()}>
            {shell.retry}
          </Button>
        </State>
      ) : stored !== 'ready' ? (
        <SkeletonRows />
      ) : rows.value.length > 0 ? (
        <WindowedList
          items={rows.value}
          rowHeight={ROW_HEIGHT}
          label={views[view]}
          keyOf={({ id }) => id}
          current={conversation}
          onEnd={() => list.loadMore()}
          row={(row) => (
            <ConversationRow row={row} current={row.id === conversation} onOpen={() => go(row.id)} view={view} />
          )}
        />
      ) : query.value.trim() ? (
        <State icon="search" title={text.nothing(query.value.trim())} />
      ) : (
        <State icon="inbox" title={emptyTitle} hint={emptyHint} />
      )}
    </section>
  );
}
