import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useApp, useDesk } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { SelectField, TextField } from '../base/field.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { State } from '../base/state.tsx';
import { language, words } from '../locales/locale.ts';
import { rowTime } from '../locales/time-words.ts';
import { pathOf } from '../router.ts';
import { ArticleView } from './article-view.tsx';

interface ListedArticle {
  slug: string;
  locale: string;
  title: string;
  section: string;
  status: 'published' | 'draft';
  views: number;
  updatedAt: string;
}

const TYPING_MS = 200;

/** The knowledge base: a list with search, and each article as it is read. `item`: LOCALE:SLUG of the open one. */
export function ArticlesPage({ item }: { item: string | null }): VNode {
  const desk = useDesk();
  const app = useApp();
  const query = useSignal('');
  const locale = useSignal<'' | 'en' | 'ru'>('');
  const found = useSignal<readonly ListedArticle[] | null>(null);
  const failed = useSignal(false);
  const { settings: all, shell } = words.value;
  const { articles: text } = all;

  const load = async (q: string, code: string) => {
    try {
      const asked = new URLSearchParams({ q, ...(code && { locale: code }) });
      const { articles } = await desk.api.get<{ articles: ListedArticle[] }>(`/articles?${asked}`);
      if (q === query.peek().trim() && code === locale.peek()) found.value = articles;
      failed.value = false;
    } catch {
      failed.value = true;
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => load(query.value.trim(), locale.value), found.peek() ? TYPING_MS : 0);
    return () => clearTimeout(timer);
  }, [query.value, locale.value]);
  useEffect(
    () =>
      desk.on('edited', (what) => {
        if (what === 'articles') load(query.peek().trim(), locale.peek());
      }),
    [desk],
  );

  const [itemLocale = '', itemSlug = ''] = item?.split(':') ?? [];
  if (itemSlug) return <ArticleView locale={itemLocale} slug={itemSlug} />;
  const none = found.value?.length === 0;
  return (
    <div class="articles">
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
      </div>
      {failed.value && found.value === null ? (
        <State icon="warning" title={text.failed} alert>
          <Button icon="again" onClick={() => load(query.value.trim(), locale.value)}>
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
          {found.value.map((one) => {
            const to = {
              name: 'settings',
              site: desk.site,
              page: 'articles',
              item: `${one.locale}:${one.slug}`,
            } as const;
            return (
              <li key={to.item} class="item">
                <a
                  class="item-main item-link"
                  href={pathOf(to)}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    app.router.go(to);
                  }}
                >
                  <span lang={one.locale}>{one.title}</span>
                  <span class="item-aside">
                    {[
                      one.status === 'draft' ? text.draft : '',
                      one.section,
                      one.locale.toUpperCase(),
                      text.views(one.views),
                      text.updated(rowTime(language.value, Date.parse(one.updatedAt), desk.clock.coarse.value)),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
