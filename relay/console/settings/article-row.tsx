import type { VNode } from 'preact';
import { useApp, useDesk } from '../app/context.ts';
import { language, words } from '../locales/locale.ts';
import { rowTime } from '../locales/time-words.ts';
import { pathOf } from '../router.ts';
import type { ListedArticle } from './article-counts.ts';
import { CountsLine } from './counts-line.tsx';

/** An article of the list, with what became of it. */
export function ArticleRow({ article }: { article: ListedArticle }): VNode {
  const app = useApp();
  const desk = useDesk();
  const { articles: text } = words.value.settings;
  const { locale, slug, title, section, status, updatedAt, counts } = article;
  const to = { name: 'settings', site: desk.site, page: 'articles', item: `${locale}:${slug}` } as const;
  const changed = rowTime(language.value, Date.parse(updatedAt), desk.clock.coarse.value);
  return (
    <li class="item">
      <a
        class="item-main item-link"
        href={pathOf(to)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          app.router.go(to);
        }}
      >
        <span lang={locale}>{title}</span>
        <span class="item-aside">
          {[status === 'draft' ? text.draft : '', section, locale.toUpperCase(), text.updated(changed)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <CountsLine counts={counts} />
      </a>
    </li>
  );
}
