import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { useDesk } from '../app/context.ts';
import { language, words } from '../locales/locale.ts';
import { fullTime } from '../locales/time-words.ts';
import type { ArticleCounts } from './article-counts.ts';
import { CountsLine } from './counts-line.tsx';
import { type Period, PeriodField } from './period-field.tsx';

interface Feedback {
  counts: ArticleCounts;
  comments: { text: string; at: string }[];
}

/** What visitors made of an article, beside its text. */
export function ArticleFeedback({ locale, slug }: { locale: string; slug: string }): VNode {
  const desk = useDesk();
  const period = useSignal<Period>('30');
  const feedback = useSignal<Feedback | null>(null);
  const { articles: text } = words.value.settings;

  useEffect(() => {
    let over = false;
    const path = `/articles/${encodeURIComponent(locale)}/${encodeURIComponent(slug)}/feedback?days=${period.value}`;
    desk.api
      .get<Feedback>(path)
      .then((found) => {
        if (!over) feedback.value = found;
      })
      .catch(() => {});
    return () => {
      over = true;
    };
  }, [locale, slug, period.value]);

  const shown = feedback.value;
  return (
    <section class="article-feedback" aria-label={text.feedback}>
      <PeriodField
        value={period.value}
        onChange={(days) => {
          period.value = days;
        }}
      />
      {shown && <CountsLine counts={shown.counts} />}
      {shown && shown.comments.length > 0 && (
        <>
          <h3>{text.missing}</h3>
          <ul class="items">
            {shown.comments.map(({ text: said, at }) => (
              <li key={at + said} class="item">
                <span class="item-main">
                  <span class="article-comment">{said}</span>
                  <span class="item-aside">{fullTime(language.value, Date.parse(at))}</span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
