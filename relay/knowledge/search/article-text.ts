import type { RichNode } from '../../protocol/articles.ts';

/** What the words of a passage are worth as a sign of what their article is about. */
export type SpanKind = 'prose' | 'link' | 'code';

/** The text of an article in one string, with the stretches that are not plain prose. */
export interface ArticleText {
  text: string;
  /** Ascending, not overlapping; what is between them is prose. */
  spans: { from: number; to: number; kind: Exclude<SpanKind, 'prose'> }[];
  headings: string[];
}

const BLOCKS = new Set(['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'pre', 'blockquote', 'table', 'tr', 'td', 'th', 'hr']);

/**
 * Lays an article out as text. The words of a link to a neighbour speak of the neighbour, and a block of code is full
 * of words that speak of nothing, so both are marked to count for less.
 */
export function articleText(nodes: readonly RichNode[]): ArticleText {
  const out: ArticleText = { text: '', spans: [], headings: [] };
  const parts: string[] = [];
  let length = 0;
  const add = (text: string): void => {
    /* These two mark hits in snippets, so they may not come from outside. */
    const clean = text.replace(/[\ue000\ue001]/g, ' ');
    parts.push(clean);
    length += clean.length;
  };
  const walk = (list: readonly RichNode[]): void => {
    for (const [place, node] of list.entries()) {
      if (typeof node === 'string') add(node);
      else {
        const apart = BLOCKS.has(node.t) || node.t === 'br';
        const isCell = node.t === 'td' || node.t === 'th';
        if (isCell && place > 0) add(' · ');
        else if (apart) add('\n');
        const from = length;
        const firstPart = parts.length;
        if (node.t === 'video') add(`\n${node.a ?? ''}\n`);
        walk(node.c ?? []);
        const kind = kindOf(node.t, node.u);
        if (kind !== null) out.spans.push({ from, to: length, kind });
        if (/^h[2-4]$/.test(node.t)) out.headings.push(parts.slice(firstPart).join('').trim());
        if (apart && !isCell) add('\n');
      }
    }
  };
  walk(nodes);
  out.text = parts.join('');
  return out;
}

function kindOf(tag: string, address: string | undefined): Exclude<SpanKind, 'prose'> | null {
  if (tag === 'pre') return 'code';
  return tag === 'a' && address?.startsWith('#article/') ? 'link' : null;
}
