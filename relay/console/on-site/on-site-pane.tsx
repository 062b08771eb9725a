import { useComputed, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { OnSiteVisitor } from '../../protocol/entities.ts';
import { useApp, useDesk } from '../app/context.ts';
import { Avatar } from '../base/avatar.tsx';
import { Icon } from '../base/icon.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { shortUrl, sourceOf, visitorName } from '../base/names.ts';
import { State } from '../base/state.tsx';
import { WindowedList } from '../base/windowed-list.tsx';
import { useListKeys } from '../keys/list-keys.ts';
import { language, words } from '../locales/locale.ts';
import { stopwatch } from '../locales/time-words.ts';
import { pathOf } from '../router.ts';

const ROW_HEIGHT = 104;

/** A country's name in the console's language; codes that are none stay as they are. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([language.value], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The list column of who is on the site now. */
export function OnSitePane({ conversation }: { conversation: string | null }): VNode {
  const app = useApp();
  const desk = useDesk();
  const query = useSignal('');
  const search = useRef<HTMLInputElement>(null);
  const { views, empty, list: text, onSite } = words.value;

  const rows = useComputed(() => {
    const wanted = query.value.trim().toLowerCase();
    return [...desk.onSite.value.values()]
      .filter((one) =>
        `${visitorName(one, words.value)} ${one.email} ${one.pageTitle} ${one.pageUrl}`.toLowerCase().includes(wanted),
      )
      .sort((a, b) => (a.arrivedAt < b.arrivedAt ? 1 : a.arrivedAt > b.arrivedAt ? -1 : a.number - b.number));
  });
  const go = (id: string | null) => app.router.go({ name: 'view', site: desk.site, view: 'on-site', conversation: id });
  useListKeys({
    ids: () => rows.value.map((row) => row.conversation),
    current: conversation,
    go,
    search: () => search.current?.focus(),
  });

  return (
    <section class="list" aria-label={onSite.label}>
      <header class="list-head">
        <h1>{views['on-site']}</h1>
        <span class="list-total">{rows.value.length || ''}</span>
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
        <span class="key" aria-hidden="true">
          /
        </span>
      </search>
      {!desk.onSiteKnown.value ? (
        <SkeletonRows />
      ) : rows.value.length === 0 ? (
        query.value.trim() ? (
          <State icon="search" title={text.nothing(query.value.trim())} />
        ) : (
          <State icon="globe" title={empty['on-site'][0]} hint={empty['on-site'][1]} />
        )
      ) : (
        <WindowedList
          items={rows.value}
          rowHeight={ROW_HEIGHT}
          label={onSite.label}
          keyOf={({ visitor }) => visitor}
          current={rows.value.find((one) => one.conversation === conversation)?.visitor ?? null}
          row={(one) => (
            <VisitorRow one={one} current={one.conversation === conversation} onOpen={() => go(one.conversation)} />
          )}
        />
      )}
    </section>
  );
}

function VisitorRow({ one, current, onOpen }: { one: OnSiteVisitor; current: boolean; onOpen(): void }): VNode {
  const desk = useDesk();
  const { onSite: text } = words.value;
  const now = desk.clock.second.value;
  const source = sourceOf(one);
  const facts = [
    one.country ? [one.city, countryName(one.country)].filter(Boolean).join(', ') : null,
    source ? text.from(source) : text.direct,
    text.pages(one.pagesSeen),
    one.visitNumber > 1 ? text.visit(one.visitNumber) : null,
  ].filter((fact) => fact !== null);
  return (
    <a
      href={pathOf({ name: 'view', site: desk.site, view: 'on-site', conversation: one.conversation })}
      class="row row-tall"
      aria-current={current ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onOpen();
      }}
    >
      <Avatar id={one.visitor} name={one.name ?? one.email} presence="online" />
      <span class="row-body">
        <span class="row-top">
          <span class="row-name">{visitorName(one, words.value)}</span>
          {one.hasConversation && (
            <span class="row-channel" title={text.talking}>
              <Icon name="chat" size={14} />
              <span class="visually-hidden">{text.talking}</span>
            </span>
          )}
          <span class="row-time" title={text.here}>
            <span class="visually-hidden">{text.here} </span>
            {stopwatch(now - Date.parse(one.arrivedAt))}
          </span>
        </span>
        <span class="row-page">{one.pageTitle || shortUrl(one.pageUrl)}</span>
        <span class="row-bottom">
          <span class="row-line">{shortUrl(one.pageUrl, true)}</span>
          <span class="row-time" title={text.onPage}>
            <span class="visually-hidden">{text.onPage} </span>
            {stopwatch(now - Date.parse(one.pageAt))}
          </span>
        </span>
        <span class="row-facts">{facts.join(' · ')}</span>
      </span>
    </a>
  );
}
