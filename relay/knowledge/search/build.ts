import { type Token, tokenise } from './analysis.ts';
import type { ArticleText } from './article-text.ts';
import type { SearchIndex } from './search-index.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * An article as it is given to an index. `key` is whatever finds it again. The summary is left out: it says in other
 * words what the text says, and people judge search by queries made of summaries.
 */
export interface Searchable {
  key: string;
  title: string;
  section: string;
  text: ArticleText;
}

/** What a word counts by where it stands; tried on the help of a cloud provider, in both languages. */
const WEIGHTS = { title: 4, headings: 2, section: 0.5 };
const BODY_WEIGHTS = { prose: 1, link: 0.1, code: 0.3 };
/** How much a long field is held against its words (BM25's b). */
const LENGTH_MATTERS = 0.75;
/** Words of a body that are looked through for phrases and passages; what comes later is only counted. */
const KEPT_WORDS = 4_000;
/** Milliseconds of building before others get their turn. */
const SLICE_MS = 6;

type Field = keyof typeof WEIGHTS | 'body';
const FIELDS: readonly Field[] = ['title', 'headings', 'section', 'body'];

interface Draft {
  key: string;
  /** For each field, term ids in their order. */
  terms: Record<Field, Uint32Array>;
  /** Weight of each word of the body. */
  weights: Float32Array;
  starts: Uint32Array;
  textLength: number;
}

/** Builds an index, in slices so that a large knowledge base does not hold up the relay's other work. */
export async function buildIndex(articles: AsyncIterable<Searchable> | Iterable<Searchable>): Promise<SearchIndex> {
  const ids = new Map<string, number>();
  const drafts: Draft[] = [];
  const pause = pauser();
  for await (const article of articles) {
    drafts.push(draftOf(article, ids));
    await pause();
  }
  const averages = averageLengths(drafts);
  const postings: { documents: number[]; weights: number[] }[] = Array.from(ids, () => ({
    documents: [],
    weights: [],
  }));
  for (const [document, draft] of drafts.entries()) {
    for (const [term, weight] of termWeights(draft, averages)) {
      postings[term]?.documents.push(document);
      postings[term]?.weights.push(weight);
    }
    await pause();
  }
  const compact = postings.map(({ documents, weights }) => ({
    documents: Uint32Array.from(documents),
    weights: Float32Array.from(weights),
  }));
  return {
    keys: drafts.map(({ key }) => key),
    vocabulary: new Vocabulary(
      ids,
      Uint32Array.from(compact, ({ documents }) => documents.length),
    ),
    postings: compact,
    words: drafts.map(({ terms, weights, starts, textLength }) => ({
      title: terms.title,
      headings: terms.headings,
      body: terms.body.slice(0, KEPT_WORDS),
      prose: Uint8Array.from(weights.subarray(0, KEPT_WORDS), (weight) => (weight === BODY_WEIGHTS.prose ? 1 : 0)),
      starts,
      textLength,
    })),
  };
}

function pauser(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}

function draftOf(article: Searchable, ids: Map<string, number>): Draft {
  const idOf = (token: Token): number => {
    const known = ids.get(token.stem);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(token.stem, id);
    return id;
  };
  const field = (text: string): Uint32Array => Uint32Array.from(tokenise(text), idOf);
  const { text, spans, headings } = article.text;
  const tokens = tokenise(text);
  let next = 0;
  const weights = Float32Array.from(tokens, (token) => {
    while (next < spans.length && token.start >= (spans[next]?.to ?? 0)) next += 1;
    const span = spans[next];
    return span !== undefined && token.start >= span.from ? BODY_WEIGHTS[span.kind] : BODY_WEIGHTS.prose;
  });
  return {
    key: article.key,
    terms: {
      title: field(article.title),
      headings: field(headings.join('\n')),
      section: field(article.section),
      body: Uint32Array.from(tokens, idOf),
    },
    weights,
    starts: Uint32Array.from(tokens.slice(0, KEPT_WORDS), (token) => token.start),
    textLength: text.length,
  };
}

function averageLengths(drafts: readonly Draft[]): Record<Field, number> {
  const sums: Record<Field, number> = { title: 0, headings: 0, section: 0, body: 0 };
  for (const { terms } of drafts) for (const field of FIELDS) sums[field] += terms[field].length;
  for (const field of FIELDS) sums[field] = Math.max(sums[field] / Math.max(drafts.length, 1), 1);
  return sums;
}

/** BM25F: how often each term is in the article, by the weight of the field and held against the field's length. */
function termWeights({ terms, weights }: Draft, averages: Record<Field, number>): Map<number, number> {
  const sums = new Map<number, number>();
  for (const field of FIELDS) {
    const words = terms[field];
    const norm = 1 - LENGTH_MATTERS + (LENGTH_MATTERS * words.length) / averages[field];
    for (let at = 0; at < words.length; at += 1) {
      const term = words[at] ?? 0;
      const weight = field === 'body' ? (weights[at] ?? 1) : WEIGHTS[field];
      sums.set(term, (sums.get(term) ?? 0) + weight / norm);
    }
  }
  return sums;
}
