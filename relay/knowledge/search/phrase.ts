import type { ArticleWords } from './search-index.ts';

/** How much more an article is worth, at most, when it has the query word for word, by where. */
const IN_TITLE = 1.5;
const IN_HEADING = 1.2;
const IN_BODY = 1;

/**
 * What an article gains by having words of the query side by side and in their order: nothing when they are scattered,
 * up to `1.5` when its title is the query. Repeated words and words of no article (−1) end a run.
 */
export function phraseBonus(words: ArticleWords, phrase: readonly number[]): number {
  if (phrase.length < 2) return 0;
  const places = new Map<number, number>();
  phrase.forEach((term, at) => {
    if (term >= 0 && !places.has(term)) places.set(term, at);
  });
  const share = (list: Uint32Array, prose?: Uint8Array): number =>
    (longestRun(list, phrase, places, prose) - 1) / (phrase.length - 1);
  return Math.max(
    0,
    IN_TITLE * share(words.title),
    IN_HEADING * share(words.headings),
    IN_BODY * share(words.body, words.prose),
  );
}

function longestRun(
  list: Uint32Array,
  phrase: readonly number[],
  places: ReadonlyMap<number, number>,
  prose: Uint8Array | undefined,
): number {
  let longest = 0;
  for (let at = 0; at < list.length; at += 1) {
    const start = places.get(list[at] ?? -1);
    if (start === undefined || prose?.[at] === 0) continue;
    let run = 1;
    while (start + run < phrase.length && list[at + run] === phrase[start + run]) run += 1;
    if (run > longest) longest = run;
  }
  return longest;
}
