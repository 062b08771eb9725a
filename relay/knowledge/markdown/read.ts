import MarkdownIt from 'markdown-it';
import type { RichNode } from '../../protocol/articles.ts';
import { addDialectRules } from './dialect-rules.ts';
import { splitFrontMatter } from './front-matter.ts';
import { type LinkResolver, NO_NEIGHBOURS, resolveLinks } from './links.ts';
import { headingsOf } from './plain-text.ts';
import { addTableRules } from './table-rules.ts';
import { tokensToNodes } from './to-nodes.ts';

const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
addTableRules(parser);
addDialectRules(parser);

/** A Markdown text read, but with its addresses not judged yet: give `nodes` to `resolveLinks` before showing them. */
export interface MarkdownText {
  /** From the front matter, else the first heading of level one, else the first heading; empty when there is none. */
  title: string;
  frontMatter: Record<string, string>;
  nodes: RichNode[];
  /** Anchors of its headings. */
  anchors: string[];
}

/** Reads Markdown, its front matter and the dialects met in documentation. Pure; never throws on odd input. */
export function readMarkdown(source: string): MarkdownText {
  const { data, body } = splitFrontMatter(source);
  const tokens = parser.parse(body.replaceAll('\u0000', '\ufffd'), {});
  const nodes = tokensToNodes(tokens);
  const headings = headingsOf(nodes);
  const first = tokens.findIndex((token) => token.type === 'heading_open');
  const opens = first === 0 && tokens[first]?.tag === 'h1';
  const heading = headings[0];
  const title = (data.title ?? '').trim() || heading?.text || '';
  /* The view shows the title, so a text that opens with it would say it twice. */
  return { title, frontMatter: data, nodes: opens ? nodes.slice(1) : nodes, anchors: headings.map(({ id }) => id) };
}

/** Markdown to nodes that are safe to show. */
export function renderMarkdown(source: string, resolver: LinkResolver = NO_NEIGHBOURS): RichNode[] {
  return resolveLinks(readMarkdown(source).nodes, resolver);
}
