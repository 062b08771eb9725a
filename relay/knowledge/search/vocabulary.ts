import { countBits, letterBits, slips } from './distance.ts';

/** A term that stands in for a word of the query, and how much of the word's worth it has. */
export interface Expansion {
  term: number;
  worth: number;
}

const MOST_PREFIX_TERMS = 60;
const MOST_TYPO_TERMS = 12;

/** Every stem of an index, in an order that finds beginnings by halving, and with letter bits that find typos fast. */
export class Vocabulary {
  readonly terms: readonly string[];
  readonly #ids: ReadonlyMap<string, number>;
  /** Ids of terms, sorted by their letters. */
  readonly #sorted: Uint32Array;
  readonly #bits: Int32Array;
  /** In how many articles each term is. */
  readonly #spread: Uint32Array;

  constructor(ids: ReadonlyMap<string, number>, spread: Uint32Array) {
    this.#ids = ids;
    this.terms = [...ids.keys()];
    this.#spread = spread;
    this.#bits = Int32Array.from(this.terms, letterBits);
    const terms = this.terms;
    this.#sorted = Uint32Array.from(terms.keys()).sort((a, b) => ((terms[a] ?? '') < (terms[b] ?? '') ? -1 : 1));
  }

  /** The term that is this stem, or −1. */
  find(stem: string): number {
    return this.#ids.get(stem) ?? -1;
  }

  /** The commonest terms that begin so, worth the more the less is missing. */
  beginningWith(prefix: string): Expansion[] {
    const found: number[] = [];
    for (let at = this.#lowerBound(prefix); at < this.#sorted.length; at += 1) {
      const term = this.#sorted[at] ?? 0;
      if (!this.terms[term]?.startsWith(prefix)) break;
      found.push(term);
    }
    return this.#commonest(found, MOST_PREFIX_TERMS).map((term) => ({
      term,
      worth: 0.35 + (0.45 * prefix.length) / (this.terms[term]?.length ?? 1),
    }));
  }

  /**
   * Terms a few slips of the finger away from the word or its stem (a slip may make a wrong stem): one from 4 letters
   * of the word on, two from 8 on.
   */
  nearTo(word: string, stem: string): Expansion[] {
    const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    if (most === 0) return [];
    /* A short stem is near to everything. */
    const wanted = stem.length < 4 ? [word] : [...new Set([stem, word])];
    const shapes = wanted.map((shape) => ({ shape, bits: letterBits(shape) }));
    let nearest = most + 1;
    let found: number[] = [];
    for (let term = 0; term < this.terms.length; term += 1) {
      for (const { shape, bits } of shapes) {
        if (countBits((this.#bits[term] ?? 0) ^ bits) > 2 * most) continue;
        const bound = Math.min(nearest, most);
        const distance = slips(shape, this.terms[term] ?? '', bound);
        if (distance > bound) continue;
        if (distance < nearest) found = [];
        nearest = distance;
        if (found[found.length - 1] !== term) found.push(term);
      }
    }
    return this.#commonest(found, MOST_TYPO_TERMS).map((term) => ({ term, worth: 0.6 / nearest }));
  }

  #commonest(terms: number[], most: number): number[] {
    if (terms.length <= most) return terms;
    return terms.sort((a, b) => (this.#spread[b] ?? 0) - (this.#spread[a] ?? 0)).slice(0, most);
  }

  #lowerBound(prefix: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.terms[this.#sorted[middle] ?? 0] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
