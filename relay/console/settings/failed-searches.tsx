import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useDesk } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { State } from '../base/state.tsx';
import { language, words } from '../locales/locale.ts';
import { rowTime } from '../locales/time-words.ts';
import { type Period, PeriodField } from './period-field.tsx';

interface FailedSearch {
  query: string;
  locale: string;
  count: number;
  lastAt: string;
}

/** What visitors looked for and did not find: the articles that are missing. */
export function FailedSearches(): VNode {
  const desk = useDesk();
  const period = useSignal<Period>('30');
  const found = useSignal<readonly FailedSearch[] | null>(null);
  const failed = useSignal(false);
  const { settings, shell } = words.value;
  const { articles: text } = settings;

  const load = async (days: Period) => {
    failed.value = false;
    try {
      const { searches } = await desk.api.get<{ searches: FailedSearch[] }>(`/failed-searches?days=${days}`);
      if (days === period.peek()) found.value = searches;
    } catch {
      failed.value = true;
    }
  };
  useEffect(() => {
    load(period.value);
  }, [period.value]);

  return (
    <>
      <div class="articles-filter">
        <p class="articles-about">{text.failedLead}</p>
        <PeriodField
          value={period.value}
          onChange={(days) => {
            period.value = days;
          }}
        />
      </div>
      {failed.value ? (
        <State icon="warning" title={text.failedSearchesFailed} alert>
          <Button icon="again" onClick={() => load(period.value)}>
            {shell.retry}
          </Button>
        </State>
      ) : found.value === null ? (
        <SkeletonRows rows={4} />
      ) : found.value.length === 0 ? (
        <State icon="search" title={text.noFailed} hint={text.noFailedHint} />
      ) : (
        <ul class="items">
          {found.value.map(({ query, locale, count, lastAt }) => (
            <li key={`${locale}:${query}`} class="item">
              <span class="item-main">
                <span class="failed-search" lang={locale}>
                  {query}
                </span>
                <span class="item-aside">
                  {`${locale.toUpperCase()} · ${text.lastTime(rowTime(language.value, Date.parse(lastAt), desk.clock.coarse.value))}`}
                </span>
              </span>
              <span class="failed-count">{text.times(count)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
