import type { Vocabulary } from './vocabulary.ts';

/** The words of an article that phrases and passages are looked for in, as term ids in their order. */
export interface ArticleWords {
  title: Uint32Array;
  headings: Uint32Array;
  body: Uint32Array;
  /** For each word of `body`, whether it is plain prose: only there a phrase says what the article is about. */
  prose: Uint8Array;
  /** Where each word of `body` begins in the article's text. */
  starts: Uint32Array;
  /** Length of that text, by which a reader sees that the text has changed since. */
  textLength: number;
}

/** An inverted index over the articles of one site in one language; a document is a place in `keys`. */
export interface SearchIndex {
  keys: readonly string[];
  vocabulary: Vocabulary;
  /** For each term, the documents that have it, and how much it weighs in each. */
  postings: readonly { documents: Uint32Array; weights: Float32Array }[];
  words: readonly ArticleWords[];
}
