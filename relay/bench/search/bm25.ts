import { tokenise } from '../../knowledge/search/analysis.ts';
import type { Searchable } from '../../knowledge/search/build.ts';
import type { Finder } from './search.ts';

const K1 = 1.2;
const B = 0.75;

/** The frozen baseline: BM25 as in the textbook, over the stems of title and text in one bag. */
export function plainBm25(articles: readonly Searchable[]): Finder {
  const bags = articles.map(({ title, text }) => tokenise(`${title}\n${text.text}`).map(({ stem }) => stem));
  const average = bags.reduce((sum, bag) => sum + bag.length, 0) / bags.length;
  const postings = new Map<string, Map<number, number>>();
  bags.forEach((bag, document) => {
    for (const stem of bag) {
      const posting = postings.get(stem) ?? new Map<number, number>();
      posting.set(document, (posting.get(document) ?? 0) + 1);
      postings.set(stem, posting);
    }
  });
  return (query) => {
    const scores = new Map<number, number>();
    for (const stem of new Set(tokenise(query).map((token) => token.stem))) {
      const posting = postings.get(stem);
      if (posting === undefined) continue;
      const idf = Math.log(1 + (bags.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [document, count] of posting) {
        const norm = K1 * (1 - B + (B * (bags[document]?.length ?? 0)) / average);
        scores.set(document, (scores.get(document) ?? 0) + (idf * count * (K1 + 1)) / (count + norm));
      }
    }
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 10)
      .map(([document]) => articles[document]?.key ?? '');
  };
}
