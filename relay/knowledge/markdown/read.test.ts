import { describe, expect, it } from 'vitest';
import type { RichElement, RichNode } from '../../protocol/articles.ts';
import { matchAnchor } from './anchors.ts';
import { plainText } from './plain-text.ts';
import { readMarkdown, renderMarkdown } from './read.ts';

const elements = (nodes: readonly RichNode[], tag: string): RichElement[] =>
  nodes.flatMap((node) =>
    typeof node === 'string' ? [] : [...(node.t === tag ? [node] : []), ...elements(node.c ?? [], tag)],
  );
/** A table as the texts of its rows' cells. */
const grid = (markdown: string): string[][] =>
  elements(renderMarkdown(markdown), 'tr').map((row) => (row.c ?? []).map((cell) => plainText([cell])));

describe('Markdown', () => {
  it('takes the title from the front matter, else from the heading, which is not said twice', () => {
    expect(readMarkdown('---\ntitle: "Delivery"\n---\n# Other\n\nText').title).toBe('Delivery');
    const read = readMarkdown('# Доставка\n\nТекст');
    expect(read.title).toBe('Доставка');
    expect(read.nodes).toEqual([{ t: 'p', c: ['Текст'] }]);
  });

  it('gives headings anchors as GitHub does, Cyrillic ones too, and each its own', () => {
    const read = readMarkdown('## 1. Удалить кластер!\n\n## Usage\n\n## Usage\n\n## Own {#here}');
    expect(read.anchors).toEqual(['1-удалить-кластер', 'usage', 'usage-1', 'here']);
    expect(matchAnchor('1_удалить_кластер', read.anchors)).toBe('1-удалить-кластер');
    expect(matchAnchor('nowhere', read.anchors)).toBeNull();
  });

  it('keeps code with its language, lists with their first number, and tables', () => {
    const nodes = renderMarkdown('```ts\nlet a = 1;\n```\n\n3. c\n4. d\n\n| a | b |\n|--|--|\n| 1 | `2` |');
    expect(nodes[0]).toEqual({ t: 'pre', a: 'ts', c: ['let a = 1;'] });
    expect(elements(nodes, 'ol')[0]?.n).toBe(3);
    expect(elements(nodes, 'th')).toHaveLength(2);
    expect(elements(nodes, 'td')[1]?.c).toEqual([{ t: 'code', c: ['2'] }]);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//evil.example/x)',
    '[x](file:///etc/passwd)',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
    '![x](//evil.example/x.png)',
  ])('lets no such address through: %s', (markdown) => {
    const nodes = renderMarkdown(markdown, { link: () => 'javascript:alert(1)', image: () => null });
    expect([...elements(nodes, 'a'), ...elements(nodes, 'img')]).toEqual([]);
  });

  it('[S9] shows raw HTML as text, but understands the harmless bits of it', () => {
    const nodes = renderMarkdown('<script>alert(1)</script> <img src=x onerror=y> a<br>b <b>c</b> H<sub>2</sub>O <ID>');
    expect(plainText(nodes)).toContain('<script>alert(1)</script>');
    expect(plainText(nodes)).toContain('H2O <ID>');
    expect(elements(nodes, 'br')).toHaveLength(1);
    expect(elements(nodes, 'strong')[0]?.c).toEqual(['c']);
    expect(elements(nodes, 'img')).toEqual([]);
  });

  it('[S10] never asks a third party: pictures from elsewhere become links, films cards', () => {
    const nodes = renderMarkdown(
      '![Map](https://pics.example/map.png)\n\n[How to brew](https://youtu.be/abc)\n\n![](https://cdn.example/a.mp4)\n\nsee [it](https://rutube.ru/video/1/) there',
    );
    expect(elements(nodes, 'img')).toEqual([]);
    expect(elements(nodes, 'a').map(({ u }) => u)).toEqual([
      'https://pics.example/map.png',
      'https://rutube.ru/video/1/',
    ]);
    expect(elements(nodes, 'video')).toEqual([
      { t: 'video', u: 'https://youtu.be/abc', a: 'How to brew' },
      { t: 'video', u: 'https://cdn.example/a.mp4', a: 'cdn.example' },
    ]);
  });

  it('asks its surroundings about relative links and pictures, decoded', () => {
    const nodes = renderMarkdown('[a](pay.md#%D1%86%D0%B5%D0%BD%D0%B0) [b](#top) [c](gone.md) ![d](../x%20y.svg)', {
      link: (path, anchor) => (path === 'gone.md' ? null : `#article/${path || 'self'}#${anchor}`),
      image: (path) => ({ url: `/files/${path}`, width: 20, height: 10 }),
    });
    expect(elements(nodes, 'a').map(({ u }) => u)).toEqual(['#article/pay.md#цена', '#article/self#top']);
    expect(elements(nodes, 'img')).toEqual([{ t: 'img', u: '/files/../x y.svg', a: 'd', w: 20, h: 10 }]);
    expect(plainText(nodes)).toBe('a b c');
  });

  it('reads AsciiDoc tables: a cell a line, spans, lists and code inside', () => {
    expect(grid('[cols="1,1", options="header"]\n|===\n| A\n| B\n\n| 1\n| 2\n|===')).toEqual([
      ['A', 'B'],
      ['1', '2'],
    ]);
    const nodes = renderMarkdown('[cols="1,2,1"]\n|===\n.2+| tall\n| a\n| b\n\n2+| wide `x | y`\n|===');
    expect(elements(nodes, 'td').map(({ cs, rs }) => [cs, rs])).toEqual([
      [undefined, 2],
      [undefined, undefined],
      [undefined, undefined],
      [2, undefined],
    ]);
    expect(elements(nodes, 'tr')).toHaveLength(2);
    expect(elements(nodes, 'code')[0]?.c).toEqual(['x | y']);
    const list = renderMarkdown('[cols="1,1"]\n|===\na|\n   - one\n   - two\n| x\n|===');
    expect(elements(list, 'li')).toHaveLength(2);
  });

  it('reads YFM tables and plain HTML ones', () => {
    expect(grid('#|\n|| **A** | **B** ||\n|| one\nmore | `a|b` ||\n|#')).toEqual([
      ['A', 'B'],
      ['one more', 'a|b'],
    ]);
    expect(grid('<table style="x"><tr><td colspan="2">A</td></tr><tr><td>B</td><td>C</td></tr></table>')).toEqual([
      ['A'],
      ['B', 'C'],
    ]);
  });

  it('lets the bits of other dialects degrade', () => {
    const nodes = renderMarkdown(
      '{% note tip "Look" %}\n\nText\n\n{% endnote %}\n\n::: warn\nCareful\n:::\n\n{% include [x](y.md) %}\n\n<!-- no -->\n\nend',
    );
    expect(elements(nodes, 'blockquote').map((quote) => plainText([quote]))).toEqual(['Look\nText', 'Careful']);
    expect(plainText(nodes)).not.toMatch(/include|no|%/);
  });

  // What is not linear here does not come back at all: the runner's own limit ends it.
  it.each(['#|\n', '|===\n', '<b>', '{% note tip "" %}\n', '![', 'a*', '50*|a\n', '> ', 'http://', '[a]: b\n', '\\|'])(
    'comes to an end with a quarter of a megabyte of %j',
    (bit) => {
      expect(renderMarkdown(`|===\n${bit.repeat(250_000 / bit.length)}`).length).toBeGreaterThan(0);
    },
  );
});
