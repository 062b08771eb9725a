import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { findLine, lineAt, parseInside } from './lines.ts';

/**
 * Lets the bits of other dialects that Markdown files are full of degrade to plain Markdown: notes become quotes,
 * folds a bold line with what was folded, includes and comments nothing, small HTML what it means, line breaks included.
 */
export function addDialectRules(md: MarkdownIt): void {
  const options = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
  md.block.ruler.before('fence', 'note', note, options);
  md.block.ruler.before('fence', 'directive', directive, options);
  md.block.ruler.before('fence', 'comment', comment, options);
  md.inline.ruler.before('autolink', 'small_html', smallHtml);
  md.inline.ruler.before('autolink', 'inline_directive', inlineDirective);
}

interface Fold {
  open: RegExp;
  close: RegExp;
}
const FOLDS: readonly Fold[] = [
  { open: /^\{%\s*note(?:\s+\w+)?(?:\s+"([^"]*)")?\s*%\}\s*$/, close: /^\{%\s*endnote\s*%\}\s*$/ },
  { open: /^\{%\s*cut(?:\s+"([^"]*)")?\s*%\}\s*$/, close: /^\{%\s*endcut\s*%\}\s*$/ },
  { open: /^:::\s*(?:\w[\w-]*)[ \t]*(.*)$/, close: /^:::\s*$/ },
  {
    open: /^<(?:note|info|warn|warning|tip|err|alert)>\s*$/,
    close: /^<\/(?:note|info|warn|warning|tip|err|alert)>\s*$/,
  },
];

function note(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const first = lineAt(state, startLine);
  if (!/^[{:<]/.test(first)) return false;
  for (const fold of FOLDS) {
    const match = fold.open.exec(first);
    if (match === null) continue;
    const close = findLine(state, startLine + 1, endLine, fold.close);
    if (close < 0) return false;
    if (silent) return true;
    state.push('blockquote_open', 'blockquote', 1).map = [startLine, close + 1];
    const title = (match[1] ?? '').trim();
    if (title !== '') parseInside(state, `**${title.replaceAll('*', '')}**`);
    parseInside(state, state.getLines(startLine + 1, close, state.blkIndent, false));
    state.push('blockquote_close', 'blockquote', -1);
    state.line = close + 1;
    return true;
  }
  return false;
}

/** A line that only steers the other generator: `{% include … %}`, `{% list tabs %}`, `{% if … %}`, `[TOC]`. */
function directive(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if (!/^(?:\{%[^%]*%\}|\[(?:TOC|toc)\])\s*$/.test(lineAt(state, startLine))) return false;
  if (!silent) state.line = startLine + 1;
  return true;
}

function comment(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!lineAt(state, startLine).startsWith('<!--')) return false;
  const close = findLine(state, startLine, endLine, /-->\s*$/);
  if (close < 0) return false;
  if (!silent) state.line = close + 1;
  return true;
}

const KEPT: Readonly<Record<string, string>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  kbd: 'code',
  code: 'code',
  s: 's',
  del: 's',
};
const DROPPED = new Set([
  'sub',
  'sup',
  'u',
  'span',
  'div',
  'p',
  'font',
  'center',
  'small',
  'a',
  'summary',
  'details',
  'nobr',
  'wbr',
]);

function smallHtml(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x3c) return false;
  const match = /^<(\/?)([a-z]{1,8})(?:\s[^<>]{0,300})?\/?>/.exec(state.src.slice(state.pos, state.pos + 320));
  const name = match?.[2];
  if (match === null || name === undefined) return false;
  const tag = KEPT[name];
  if (name !== 'br' && tag === undefined && !DROPPED.has(name)) return false;
  if (!silent) {
    if (name === 'br') state.push('hardbreak', 'br', 0);
    else if (tag !== undefined) state.push(`small_${match[1] === '/' ? 'close' : 'open'}`, tag, 0);
  }
  state.pos += match[0].length;
  return true;
}

function inlineDirective(state: StateInline, silent: boolean): boolean {
  const at = state.src.charCodeAt(state.pos);
  if (at !== 0x7b && at !== 0x3c) return false;
  const match = /^(?:\{%[^%]{0,300}%\}|<!--(?:(?!-->).){0,300}-->)/s.exec(state.src.slice(state.pos, state.pos + 320));
  if (match === null) return false;
  if (!silent) state.pending += '';
  state.pos += match[0].length;
  return true;
}
