import type { RichNode } from '../../protocol/articles.ts';

/** Elements that stand on a line of their own, so that their words do not grow together with their neighbours'. */
const BLOCKS = new Set(['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'pre', 'blockquote', 'table', 'tr', 'td', 'th', 'hr']);

/** The words of a rendered text, without any mark-up; blocks are parted by line ends. */
export function plainText(nodes: readonly RichNode[]): string {
  const parts: string[] = [];
  collect(nodes, parts);
  return parts
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

function collect(nodes: readonly RichNode[], into: string[]): void {
  for (const node of nodes) {
    if (typeof node === 'string') {
      into.push(node);
      continue;
    }
    const apart = BLOCKS.has(node.t) || node.t === 'br';
    if (apart) into.push('\n');
    if (node.t === 'video' && node.a !== undefined) into.push(`\n${node.a}\n`);
    if (node.c !== undefined) collect(node.c, into);
    if (apart) into.push('\n');
  }
}

/** The headings of a rendered text, in their order. */
export function headingsOf(nodes: readonly RichNode[]): { id: string; text: string }[] {
  const found: { id: string; text: string }[] = [];
  const walk = (list: readonly RichNode[]): void => {
    for (const node of list) {
      if (typeof node === 'string') continue;
      if (/^h[2-4]$/.test(node.t)) found.push({ id: node.id ?? '', text: plainText(node.c ?? []) });
      else if (node.c !== undefined) walk(node.c);
    }
  };
  walk(nodes);
  return found;
}
