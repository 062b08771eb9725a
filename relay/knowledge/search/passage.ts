import type { ArticleWords } from './search-index.ts';

/** A stretch of an article's text: where the hits are, by where their words begin. */
export interface Passage {
  starts: number[];
}

const WINDOW_CHARS = 160;
export const HIT_STARTS = '\ue000';
export const HIT_ENDS = '\ue001';

/** The stretch of text that has most of what was looked for, each term counted once; the first of equals. */
export function bestPassage(words: ArticleWords, worths: ReadonlyMap<number, number>): Passage | null {
  const hits: { term: number; start: number }[] = [];
  for (let at = 0; at < words.starts.length; at += 1) {
    const term = words.body[at] ?? 0;
    if (worths.has(term)) hits.push({ term, start: words.starts[at] ?? 0 });
  }
  let best: Passage | null = null;
  let bestWorth = 0;
  let from = 0;
  const inside = new Map<number, number>();
  let worth = 0;
  hits.forEach((hit, to) => {
    const count = inside.get(hit.term) ?? 0;
    if (count === 0) worth += worths.get(hit.term) ?? 0;
    inside.set(hit.term, count + 1);
    while (hit.start - (hits[from]?.start ?? 0) > WINDOW_CHARS) {
      const left = hits[from]?.term ?? 0;
      const rest = (inside.get(left) ?? 1) - 1;
      inside.set(left, rest);
      if (rest === 0) worth -= worths.get(left) ?? 0;
      from += 1;
    }
    if (worth > bestWorth + 1e-9) {
      bestWorth = worth;
      best = { starts: hits.slice(from, to + 1).map(({ start }) => start) };
    }
  });
  return best;
}

const WORD_HERE = /[\p{L}\p{M}\p{N}_]+/uy;
const BEFORE = 40;
const SHOWN = 200;

/** Cuts a passage out of the text and marks its hits (U+E000 before, U+E001 after). `null`: the text's beginning. */
export function cutPassage(text: string, passage: Passage | null): string {
  const first = passage?.starts[0] ?? 0;
  const from = passage === null ? 0 : beginningNear(text, first);
  const to = endNear(text, Math.min(from + SHOWN, text.length));
  let out = from > 0 && !/[\n.!?]\s*$/.test(text.slice(Math.max(0, from - 4), from)) ? '… ' : '';
  let at = from;
  for (const start of passage?.starts ?? []) {
    if (start < at || start >= to) continue;
    WORD_HERE.lastIndex = start;
    const word = WORD_HERE.exec(text)?.[0] ?? '';
    if (word === '') continue;
    out += text.slice(at, start) + HIT_STARTS + word + HIT_ENDS;
    at = start + word.length;
  }
  out += text.slice(at, Math.max(to, at));
  return `${out.replace(/\s+/g, ' ').trim()}${to < text.trimEnd().length ? ' …' : ''}`;
}

/** The beginning of the sentence or line that `at` is in, when it is near enough, else of a word a little before. */
function beginningNear(text: string, at: number): number {
  const lead = text.slice(Math.max(0, at - BEFORE * 2), at);
  const line = lead.lastIndexOf('\n') + 1;
  const sentence = Math.max(
    ...['. ', '! ', '? ', '; '].map((end) => lead.lastIndexOf(end) + 2).filter((end) => end > 1),
    line,
  );
  if (sentence > 0 || at === lead.length) return at - lead.length + sentence;
  const space = text.indexOf(' ', Math.max(0, at - BEFORE));
  return space >= 0 && space < at ? space + 1 : Math.max(0, at - BEFORE);
}

function endNear(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = Math.max(text.lastIndexOf(' ', at), text.lastIndexOf('\n', at));
  return space > at - BEFORE ? space : at;
}
