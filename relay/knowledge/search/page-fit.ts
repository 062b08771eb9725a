import { isStopWord } from './analysis.ts';
import type { PagePlace } from './page-words.ts';
import type { ArticleWords, SearchIndex } from './search-index.ts';

/** An article that fits a page, by its key in the index; `fit` is between 0 and 1. */
export interface Fit {
  key: string;
  fit: number;
}

/** What a word of the page counts by where it stands there. */
const PLACES: Record<PagePlace, number> = { title: 1, path: 0.6 };
/** What a word of the page counts by where the article has it. */
const NAMED_IN = { title: 1, headings: 0.35, body: 0.12 };
/** A word of the page's title that no article has says that the page is about something else. */
const UNKNOWN = 0.7;
/**
 * Below it an article has a word in common with the page by chance. Chosen on the help of a cloud provider and of the
 * demo shop, so that pages about nothing in them get nothing (`npm run bench -- search`).
 */
const LEAST = 0.3;
/** What is so much worse than the best is left out. */
const BESIDE_THE_BEST = 0.5;
/** So many are looked at closely. */
const LOOKED_AT = 100;

/** Articles that fit a page, best first; none where the page is about nothing in them. */
export function fitting(index: SearchIndex, words: ReadonlyMap<string, PagePlace>, limit: number): Fit[] {
  const { known, all } = weighed(index, words);
  const fits = candidates(index, known).flatMap((document) => {
    const { [document]: article } = index.words;
    if (article === undefined) return [];
    /* The page names what the article is about, and the article's title says what the page is about: half each. */
    const fit = (namedBy(article, index, document, known) / all + coveredOf(index, article, known)) / 2;
    return fit < LEAST ? [] : [{ key: index.keys[document] ?? '', fit }];
  });
  fits.sort((a, b) => b.fit - a.fit);
  const best = fits[0]?.fit ?? 0;
  return fits.filter(({ fit }) => fit >= best * BESIDE_THE_BEST).slice(0, limit);
}

const rarity = (index: SearchIndex, term: number): number => {
  const spread = index.postings[term]?.documents.length ?? 0;
  return Math.log(1 + (index.keys.length - spread + 0.5) / (spread + 0.5));
};

/** What each term that the page has is worth, and all its words together. */
function weighed(index: SearchIndex, words: ReadonlyMap<string, PagePlace>) {
  const known = new Map<number, number>();
  let all = 0;
  for (const [stem, place] of words) {
    const term = index.vocabulary.find(stem);
    if (term >= 0) known.set(term, PLACES[place] * rarity(index, term));
    else if (place === 'title') all += UNKNOWN * rarity(index, -1);
  }
  for (const value of known.values()) all += value;
  return { known, all: Math.max(all, Number.EPSILON) };
}

/** Documents that have the most of the page's words, by the weight of the fields they stand in. */
function candidates(index: SearchIndex, known: ReadonlyMap<number, number>): number[] {
  const sums = new Map<number, number>();
  for (const [term, value] of known) {
    const posting = index.postings[term];
    posting?.documents.forEach((document, at) => {
      const weight = posting.weights[at] ?? 0;
      sums.set(document, (sums.get(document) ?? 0) + (value * weight) / (weight + 1));
    });
  }
  const order = [...sums].sort(([a, x], [b, y]) => y - x || a - b);
  return order.slice(0, LOOKED_AT).map(([document]) => document);
}

function namedBy(
  { title, headings }: ArticleWords,
  index: SearchIndex,
  document: number,
  known: ReadonlyMap<number, number>,
): number {
  let sum = 0;
  for (const [term, value] of known) {
    const place = title.includes(term)
      ? 'title'
      : headings.includes(term)
        ? 'headings'
        : has(index.postings[term]?.documents, document) && 'body';
    if (place) sum += value * NAMED_IN[place];
  }
  return sum;
}

/** How much of the article's title the page has, by the worth of its words. */
function coveredOf(index: SearchIndex, { title }: ArticleWords, known: ReadonlyMap<number, number>): number {
  let covered = 0;
  let all = 0;
  for (const term of new Set(title)) {
    if (isStopWord(index.vocabulary.terms[term] ?? '')) continue;
    const value = rarity(index, term);
    all += value;
    if (known.has(term)) covered += value;
  }
  return all === 0 ? 0 : covered / all;
}

/** Whether an ascending list has a document. */
function has(documents: Uint32Array | undefined, document: number): boolean {
  if (documents === undefined) return false;
  let low = 0;
  let high = documents.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((documents[middle] ?? 0) < document) low = middle + 1;
    else high = middle;
  }
  return documents[low] === document;
}
