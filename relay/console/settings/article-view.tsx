import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Article } from '../../protocol/articles.ts';
import { useApp, useDesk } from '../app/context.ts';
import { Button } from '../base/button.tsx';
import { SkeletonRows } from '../base/late.tsx';
import { Rich } from '../base/rich.tsx';
import { State } from '../base/state.tsx';
import { words } from '../locales/locale.ts';
import { ArticleFeedback } from './article-feedback.tsx';

/** An article as it is read. */
export function ArticleView({ locale, slug }: { locale: string; slug: string }): VNode {
  const app = useApp();
  const desk = useDesk();
  const article = useSignal<Article | null>(null);
  const failed = useSignal(false);
  const { articles: text } = words.value.settings;
  const go = (item: string | null) => app.router.go({ name: 'settings', site: desk.site, page: 'articles', item });

  useEffect(() => {
    article.value = null;
    failed.value = false;
    desk.api
      .get<Article>(`/articles/${encodeURIComponent(locale)}/${encodeURIComponent(slug)}`)
      .then((found) => {
        article.value = found;
      })
      .catch(() => {
        failed.value = true;
      });
  }, [locale, slug]);

  const shown = article.value;
  return (
    <div class="article-page">
      <Button kind="quiet" icon="back" onClick={() => go(null)}>
        {text.back}
      </Button>
      {failed.value ? (
        <State icon="warning" title={words.value.errors['not-found']} alert />
      ) : shown === null ? (
        <SkeletonRows rows={3} />
      ) : (
        <>
          <ArticleFeedback locale={locale} slug={slug} />
          <article class="article" lang={shown.locale}>
            <p class="article-section">{shown.section}</p>
            <h2>{shown.title}</h2>
            <Rich nodes={shown.nodes} videoLabel={text.video} onArticle={(other) => go(`${shown.locale}:${other}`)} />
          </article>
        </>
      )}
    </div>
  );
}
