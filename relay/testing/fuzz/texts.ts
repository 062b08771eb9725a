import { imageKind } from '../../files/image-kind.ts';
import { renderMarkdown } from '../../knowledge/markdown/read.ts';
import type { RichNode } from '../../protocol/articles.ts';
import { seeded } from '../seeded.ts';
import { mutateBytes, mutateText, NASTY_TEXTS } from './mutate.ts';
import { type Tally, tried } from './tally.ts';

/** What an article may be made of, and where its addresses may lead. */
const TAGS = new Set(
  'p h2 h3 h4 ul ol li a strong em s code pre blockquote table thead tbody tr th td img br hr video'.split(' '),
);
const KEYS = new Set(['t', 'c', 'u', 'a', 'w', 'h', 'id', 'cs', 'rs', 'n']);
const ADDRESS = /^(https?:\/\/|mailto:|tel:|#)/i;

/** What is wrong with nodes; null: nothing. */
export function wrongNodes(nodes: readonly RichNode[], depth = 0): string | null {
  if (depth > 400) return 'nodes nested over 400 deep';
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    if (!TAGS.has(node.t)) return `tag ${node.t}`;
    for (const key of Object.keys(node)) if (!KEYS.has(key)) return `attribute ${key} of ${node.t}`;
    if (node.u !== undefined && !ADDRESS.test(node.u)) return `address ${node.u} of ${node.t}`;
    const inside = wrongNodes(node.c ?? [], depth + 1);
    if (inside !== null) return inside;
  }
  return null;
}

const MARKDOWN = [
  '---\ntitle: A\nsection: "B"\n---\n# Title\n\nText with **bold**, *em*, ~~s~~, `code` and [a link](https://example.com/?a=b&c=d "t").\n',
  '1. one\n2. two\n   - nested\n     > quote\n\n```js\nlet a = 1;\n```\n\n![picture](x.png){width=300}\n\n---\n',
  '| a | b |\n|---|:-:|\n| 1 | `2` |\n\n|===\n| x | y\n\n| 1 | 2\n|===\n\n#|\n|| **a** | b ||\n|| c | d ||\n|#\n',
  '<table><tr><td colspan="2" rowspan=3>cell</td><th>h</th></tr></table>\n\n<b>bold</b> <a href="javascript:alert(1)">x</a> <br/>',
  '{% note info "Title" %}\n\nInside\n\n{% endnote %}\n\n{% list tabs %}\n\n- One\n\n  text\n\n{% endlist %}\n\n:::tip\nhello\n:::\n',
  '## Heading {#anchor}\n\nhttps://www.youtube.com/watch?v=x\n\n<mailto:a@b.example> [x](#anchor) [y](other.md#z) [z][ref]\n\n[ref]: data:text/html,x\n',
  '> [!NOTE]\n> text\n\n- [ ] task\n- [x] done\n\nTerm\n: definition\n\nFootnote[^1]\n\n[^1]: text\n\n&lt;b&gt; &#x41; &nbsp;\n',
];
/** Pieces whose repetition has slowed parsers down. */
const REPEATED = [
  '[',
  '![',
  '](',
  '*',
  '_',
  '**a',
  '`',
  '<',
  '<a ',
  '> ',
  '- ',
  '\n',
  '|',
  '||',
  '{%',
  '#|',
  '|===\n',
  '(',
  '&',
  '\\',
  '~~',
  '{#a}',
  '[a](',
  '<td>',
  '<table>',
];

/** Markdown of every dialect, damaged: never throws, never hangs, gives nothing but allowed nodes. */
export async function fuzzMarkdown(tally: Tally, seed: number, count: number): Promise<void> {
  const random = seeded(seed);
  for (let no = 0; no < count; no++) {
    const sample = MARKDOWN[Math.floor(random() * MARKDOWN.length)] ?? '';
    const piece = REPEATED[Math.floor(random() * REPEATED.length)] ?? '';
    const source =
      random() < 0.05
        ? piece.repeat(1 + Math.floor(random() * 3_000)) +
          (NASTY_TEXTS[Math.floor(random() * NASTY_TEXTS.length)] ?? '')
        : mutateText(random, sample + (random() < 0.3 ? mutateText(random, sample) : ''));
    await tried(
      tally,
      { surface: 'markdown', seed, no, input: () => source },
      () => renderMarkdown(source),
      (nodes) => wrongNodes(nodes),
    );
  }
}

const bytesOf = (...parts: (readonly number[] | string)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part])),
  );
const zeros = (count: number) => new Array<number>(count).fill(0);
const PICTURES = [
  bytesOf([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', [0, 0, 1, 0, 0, 0, 0, 80]),
  bytesOf('GIF89a', [10, 0, 20, 0]),
  bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc4, 0, 6, 0, 0, 0, 0, 0xff, 0xc0, 0, 17, 8, 0, 30, 0, 40, 3, 0]),
  bytesOf('RIFF', zeros(4), 'WEBPVP8X', zeros(8), [9, 0, 0, 4, 0, 0]),
  bytesOf('RIFF', zeros(4), 'WEBPVP8L', zeros(5), [1, 2, 3, 4], zeros(8)),
  bytesOf('RIFF', zeros(4), 'WEBPVP8 ', zeros(10), [1, 0, 1, 0]),
  bytesOf('\ufeff<?xml version="1.0"?>\n<!-- a --><!DOCTYPE svg>\n<svg width="12px" height="9" viewBox="0 0 3 4">'),
];
const MIMES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);

/** Bytes of pictures, damaged: a kind of the list with a size that can be, or none. */
export async function fuzzPictures(tally: Tally, seed: number, count: number): Promise<void> {
  const random = seeded(seed);
  for (let no = 0; no < count; no++) {
    const bytes = mutateBytes(random, PICTURES[Math.floor(random() * PICTURES.length)] ?? new Uint8Array());
    await tried(
      tally,
      { surface: 'pictures', seed, no, input: () => Buffer.from(bytes).toString('hex') },
      () => imageKind(bytes),
      (kind) => {
        if (kind === null) return null;
        const sizes = [kind.width ?? 1, kind.height ?? 1];
        return MIMES.has(kind.mime) && sizes.every((one) => one > 0 && one < 100_000) ? null : JSON.stringify(kind);
      },
    );
  }
}
