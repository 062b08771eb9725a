/** How often an article was read in some days, and whether it helped. */
export interface ArticleCounts {
  views: number;
  helped: number;
  notHelped: number;
}

/** An article in the console's list. */
export interface ListedArticle {
  slug: string;
  locale: string;
  title: string;
  section: string;
  status: 'published' | 'draft';
  updatedAt: string;
  counts: ArticleCounts & { comments: number };
}

/** Of all who said so, how many were helped: from 0 to 1; null while nobody has said. */
export const helpedShare = ({ helped, notHelped }: ArticleCounts): number | null =>
  helped + notHelped === 0 ? null : helped / (helped + notHelped);

export const ORDERS = ['site', 'views', 'helped', 'not-helped'] as const;
/** In which order articles are listed; `site`: as the site has them. */
export type ArticleOrder = (typeof ORDERS)[number];

const WORTH: Record<Exclude<ArticleOrder, 'site'>, (counts: ArticleCounts) => number> = {
  views: ({ views }) => views,
  helped: ({ helped }) => helped,
  'not-helped': ({ notHelped }) => notHelped,
};

/** The articles in an order; those that are equal in it stay as they were. */
export const ordered = (articles: readonly ListedArticle[], order: ArticleOrder): readonly ListedArticle[] =>
  order === 'site' ? articles : articles.toSorted((a, b) => WORTH[order](b.counts) - WORTH[order](a.counts));
