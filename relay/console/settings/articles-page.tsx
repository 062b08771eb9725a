import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp, useDesk } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { Segments, SelectField, TextField } from '../base/field.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { State } from '../base/state.tsx';
import { words } from '../locales/locale.ts';
import { type ArticleOrder, type ListedArticle, ORDERS, ordered } from './article-counts.ts';
import { ArticleRow } from './article-row.tsx';
import { ArticleView } from './article-view.tsx';
import { FailedSearches } from './failed-searches.tsx';
import { type Period, PeriodField } from './period-field.tsx';

const TYPING_MS = 200;

/** What `item` is on the list of searches without results; of an article it is LOCALE:SLUG. */
const SEARCHES = 'failed-searches';

/** The knowledge base: a list with search and counts, each article as it is read, and what was not found in it. */
export function ArticlesPage({ item }: { item: string | null }): VNode {
  const desk = useDesk();
  const app = useApp();
  const query = useSignal('');
  const locale = useSignal<'' | 'en' | 'ru'>('');
  const period = useSignal<Period>('30');
  const order = useSignal<ArticleOrder>('site');
  const found = useSignal<readonly ListedArticle[] | null>(null);
  const failed = useSignal(false);
  const { settings: all, shell } = words.value;
  const { articles: text } = all;

  const load = async (q: string, code: string, days: Period) => {
    try {
      const asked = new URLSearchParams({ q, days, ...(code && { locale: code }) });
      const { articles } = await desk.api.get<{ articles: ListedArticle[] }>(`/articles?${asked}`);
      if (q === query.peek().trim() && code === locale.peek() && days === period.peek()) found.value = articles;
      failed.value = false;
    } catch {
      failed.value = true;
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => load(query.value.trim(), locale.value, period.value), found.peek() ? TYPING_MS : 0);
    return () => clearTimeout(timer);
  }, [query.value, locale.value, period.value]);
  useEffect(
    () =>
      desk.on('edited', (what) => {
        if (what === 'articles') load(query.peek().trim(), locale.peek(), period.peek());
      }),
    [desk],
  );

  const [itemLocale = '', itemSlug = ''] = item?.split(':') ?? [];
  if (itemSlug) return <ArticleView locale={itemLocale} slug={itemSlug} />;
  const none = found.value?.length === 0;
  const list = () => (
    <>
      <div class="articles-filter">
        <TextField
          label={text.search}
          type="search"
          value={query.value}
          onInput={(typed) => {
            query.value = typed;
          }}
        />
        <SelectField
          label={text.language}
          value={locale.value}
          options={[
            { value: '', label: text.allLanguages },
            { value: 'en', label: all.languages.en },
            { value: 'ru', label: all.languages.ru },
          ]}
          onChange={(code) => {
            locale.value = code;
          }}
        />
        <PeriodField
          value={period.value}
          onChange={(days) => {
            period.value = days;
          }}
        />
        <SelectField
          label={text.order}
          value={order.value}
          options={ORDERS.map((value) => ({ value, label: text.orders[value] }))}
          onChange={(chosen) => {
            order.value = chosen;
          }}
        />
      </div>
      {failed.value && found.value === null ? (
        <State icon="warning" title={text.failed} alert>
          <Button icon="again" onClick={() => load(query.value.trim(), locale.value, period.value)}>
            {shell.retry}
          </Button>
        </State>
      ) : found.value === null ? (
        <SkeletonRows rows={4} />
      ) : none && query.value.trim() ? (
        <State icon="search" title={text.nothing(query.value.trim())} />
      ) : none ? (
        <State icon="book" title={text.none} hint={text.noneHint}>
          <pre class="code">npx frontdesk kb import DIR --site {desk.site}</pre>
        </State>
      ) : (
        <ul class="items">
          {ordered(found.value, order.value).map((one) => (
            <ArticleRow key={`${one.locale}:${one.slug}`} article={one} />
          ))}
        </ul>
      )}
    </>
  );
  return (
    <div class="articles">
      <Segments
        quiet
        label={text.what}
        value={item === SEARCHES ? SEARCHES : 'articles'}
        options={[
          { value: 'articles', label: words.value.pages.articles },
          { value: SEARCHES, label: text.failedSearches },
        ]}
        onChange={(what) =>
          app.router.go({
            ...{ name: 'settings', site: desk.site, page: 'articles' },
            item: what === SEARCHES ? SEARCHES : null,
          })
        }
      />
      {item === SEARCHES ? <FailedSearches /> : list()}
    </div>
  );
}
