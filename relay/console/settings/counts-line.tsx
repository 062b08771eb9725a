import type { VNode } from 'preact';
import { language, words } from '../locales/locale.ts';
import { type ArticleCounts, helpedShare } from './article-counts.ts';

/** What became of an article, in one line: views, votes with their share, comments. */
export function CountsLine({ counts }: { counts: ArticleCounts & { comments?: number } }): VNode {
  const { articles: text } = words.value.settings;
  const share = helpedShare(counts);
  const percent = new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <span class="item-counts">
      {[
        text.views(counts.views),
        share !== null && text.helped(counts.helped, percent.format(share)),
        share !== null && text.notHelped(counts.notHelped),
        counts.comments ? text.comments(counts.comments) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}
