import { isStopWord, type Token, tokenise } from './analysis.ts';
import { otherLayout } from './keyboard-layout.ts';
import { bestPassage, type Passage } from './passage.ts';
import { phraseBonus } from './phrase.ts';
import type { SearchIndex } from './search-index.ts';
import type { Expansion, Vocabulary } from './vocabulary.ts';

/** A document found, best first. */
export interface Hit {
  key: string;
  score: number;
  /** The place in the article's text that shows best why it was found; `null` when only its title says so. */
  passage: Passage | null;
  textLength: number;
}

/** How slowly a term that comes again stops counting more (BM25's k1). */
const SATURATION = 3;
/** What little words («как», `the`) count beside those that mean something. */
const STOP_WORD_WORTH = 0.3;
/** How many of the best are looked through for phrases. */
const LOOKED_AT = 50;
/** Terms of less worth help to find, but are not marked. */
const LEAST_MARKED = 0.42;
const MOST_WORDS = 24;
const MOST_QUERY_CHARS = 300;

/** A word of the query with the terms that stand for it. */
interface Wanted {
  stem: number;
  stop: boolean;
  letters: number;
  terms: Expansion[];
}

/** Finds articles for what somebody typed, `limit` at most. The last word may be unfinished. */
export function searchIndex(index: SearchIndex, query: string, limit: number): Hit[] {
  const wanted = understand(index.vocabulary, query.slice(0, MOST_QUERY_CHARS));
  if (wanted.length === 0 || index.keys.length === 0) return [];
  const scores = scoreAll(index, wanted);
  const phrase = wanted.map(({ stem }) => stem);
  const best = scores.slice(0, LOOKED_AT);
  for (const entry of best) {
    const words = index.words[entry.document];
    if (words !== undefined) entry.score *= 1 + phraseBonus(words, phrase);
  }
  best.sort((a, b) => b.score - a.score || a.document - b.document);
  const worths = termWorths(index, wanted);
  return best.slice(0, limit).map(({ document, score }) => {
    const words = index.words[document];
    return {
      key: index.keys[document] ?? '',
      score,
      passage: words === undefined ? null : bestPassage(words, worths),
      textLength: words?.textLength ?? 0,
    };
  });
}

function understand(vocabulary: Vocabulary, query: string): Wanted[] {
  const typed = wantedOf(vocabulary, query);
  const known = knownShare(typed);
  const switched = known < 0.5 ? otherLayout(query) : null;
  if (switched !== null) {
    const other = wantedOf(vocabulary, switched);
    if (knownShare(other) > known) return withTypos(vocabulary, switched, other);
  }
  const guessed = withTypos(vocabulary, query, typed);
  /* Little words alone, beside words that nobody has written, would find everything. */
  const lost = typed.some(({ stop }) => !stop) && !guessed.some(({ stop, terms }) => !stop && terms.length > 0);
  return lost ? [] : guessed;
}

/** How much of what was typed is words of some article, by letters: single letters are found in any language. */
function knownShare(wanted: readonly Wanted[]): number {
  let known = 0;
  let all = 0;
  for (const { letters, terms } of wanted) {
    all += letters;
    if (terms.length > 0) known += letters;
  }
  return all === 0 ? 0 : known / all;
}

function words(query: string): Token[] {
  return tokenise(query).slice(0, MOST_WORDS);
}

function wantedOf(vocabulary: Vocabulary, query: string): Wanted[] {
  const tokens = words(query);
  const finished = !/[\p{L}\p{M}\p{N}_]$/u.test(query);
  return tokens.map((token, at) => {
    const stem = vocabulary.find(token.stem);
    const terms: Expansion[] = stem < 0 ? [] : [{ term: stem, worth: 1 }];
    if (at === tokens.length - 1 && !finished) addBeginnings(vocabulary, token, terms);
    return { stem, stop: isStopWord(token.word), letters: token.word.length, terms };
  });
}

function addBeginnings(vocabulary: Vocabulary, token: Token, terms: Expansion[]): void {
  const exact = terms[0]?.term;
  for (const found of vocabulary.beginningWith(token.word)) {
    /* Beside the word itself its longer relations only help out. */
    if (found.term !== exact) terms.push(exact === undefined ? found : { ...found, worth: found.worth / 2 });
  }
}

/** Slips of the finger are looked for only in words that nobody has written. */
function withTypos(vocabulary: Vocabulary, query: string, wanted: Wanted[]): Wanted[] {
  const tokens = words(query);
  /* Beside a word that is there a guess at another weighs little. */
  const trust = wanted.some(({ stop, terms }) => !stop && terms.length > 0) ? 0.6 : 1;
  return wanted.map((word, at) => {
    const token = tokens[at];
    if (word.terms.length > 0 || word.stop || token === undefined) return word;
    const near = vocabulary.nearTo(token.word, token.stem);
    return { ...word, terms: near.map(({ term, worth }) => ({ term, worth: worth * trust })) };
  });
}

interface Scored {
  document: number;
  score: number;
}

function scoreAll(index: SearchIndex, wanted: readonly Wanted[]): Scored[] {
  const size = index.keys.length;
  const scores = new Float64Array(size);
  const needed = wanted.some(({ stop, terms }) => !stop && terms.length > 0);
  const counts = new Uint8Array(size);
  const taken = new Set<number>();
  for (const { stop, terms } of wanted) {
    const best = new Map<number, number>();
    for (const { term, worth } of terms) {
      if (taken.has(term)) continue;
      const posting = index.postings[term];
      if (posting === undefined) continue;
      const value = worth * (stop ? STOP_WORD_WORTH : 1) * rarity(size, posting.documents.length) * (SATURATION + 1);
      addPosting(posting, value, terms.length === 1 ? null : best, scores);
      if (!stop) for (const document of posting.documents) counts[document] = 1;
    }
    for (const [document, score] of best) scores[document] = (scores[document] ?? 0) + score;
    for (const { term, worth } of terms) if (worth === 1) taken.add(term);
  }
  const found: Scored[] = [];
  for (let document = 0; document < size; document += 1) {
    const score = scores[document] ?? 0;
    if (score > 0 && (!needed || counts[document] === 1)) found.push({ document, score });
  }
  return found.sort((a, b) => b.score - a.score || a.document - b.document);
}

/** Of the terms that stand for one word the best counts, not their sum: `best` collects it. */
function addPosting(
  { documents, weights }: { documents: Uint32Array; weights: Float32Array },
  value: number,
  best: Map<number, number> | null,
  scores: Float64Array,
): void {
  for (let at = 0; at < documents.length; at += 1) {
    const document = documents[at] ?? 0;
    const weight = weights[at] ?? 0;
    const score = (value * weight) / (weight + SATURATION);
    if (best === null) scores[document] = (scores[document] ?? 0) + score;
    else if (score > (best.get(document) ?? 0)) best.set(document, score);
  }
}

const rarity = (size: number, spread: number): number => Math.log(1 + (size - spread + 0.5) / (spread + 0.5));

function termWorths(index: SearchIndex, wanted: readonly Wanted[]): Map<number, number> {
  const worths = new Map<number, number>();
  for (const { stop, terms } of wanted) {
    if (stop) continue;
    for (const { term, worth } of terms) {
      /* A longer relation of a word that is there itself is no hit worth showing. */
      if (worth < LEAST_MARKED) continue;
      const value = worth * rarity(index.keys.length, index.postings[term]?.documents.length ?? 0);
      worths.set(term, Math.max(worths.get(term) ?? 0, value));
    }
  }
  return worths;
}
