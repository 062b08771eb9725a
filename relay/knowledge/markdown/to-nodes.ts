import type { Token } from 'markdown-it';
import type { RichElement, RichNode } from '../../protocol/articles.ts';
import { anchorNamer, anchorOf } from './anchors.ts';
import { append } from './append.ts';
import { plainText } from './plain-text.ts';

const BLOCK_TAGS = new Set(['p', 'ul', 'ol', 'li', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);
/** The article's own title is the first level, so the text begins at the second; deeper than four looks the same. */
const HEADINGS: Readonly<Record<string, string>> = { h1: 'h2', h2: 'h2', h3: 'h3', h4: 'h4', h5: 'h4', h6: 'h4' };

/** Markdown-it bounds its own nesting; small HTML is bounded here. */
const DEEPEST_INLINE = 30;

interface Frame {
  element: RichElement;
  children: RichNode[];
}

/** Turns markdown-it's tokens into nodes; addresses stay as written until `resolveLinks` has judged them. */
export function tokensToNodes(tokens: readonly Token[]): RichNode[] {
  const root: Frame = { element: { t: 'root' }, children: [] };
  const stack: Frame[] = [root];
  const nameAnchor = anchorNamer();
  const top = (): Frame => stack[stack.length - 1] ?? root;
  for (const token of tokens) {
    if (token.type === 'inline') append(top().children, inlineNodes(token.children ?? [], token.content));
    else if (token.nesting === 1) stack.push(opened(token));
    else if (token.nesting === -1) {
      const done = stack.length > 1 ? stack.pop() : undefined;
      if (done !== undefined) append(top().children, closed(done, token, nameAnchor));
    } else if (token.type === 'fence' || token.type === 'code_block') top().children.push(codeBlock(token));
    else if (token.type === 'hr') top().children.push({ t: 'hr' });
  }
  return root.children;
}

function opened(token: Token): Frame {
  const element: RichElement = { t: HEADINGS[token.tag] ?? token.tag };
  if (token.tag === 'ol') {
    const start = Number(token.attrGet('start') ?? 1);
    if (start !== 1) element.n = start;
  }
  const columns = Number(token.attrGet('colspan') ?? 1);
  const rows = Number(token.attrGet('rowspan') ?? 1);
  if (columns > 1) element.cs = columns;
  if (rows > 1) element.rs = rows;
  return { element, children: [] };
}

function closed(frame: Frame, token: Token, nameAnchor: (wanted: string) => string): RichNode[] {
  const { element, children } = frame;
  if (token.hidden) return children;
  if (HEADINGS[token.tag] !== undefined) return [heading(element, children, nameAnchor)];
  if (!BLOCK_TAGS.has(element.t)) return children;
  if (element.t === 'p' && children.every((child) => typeof child === 'string' && child.trim() === '')) return [];
  if (element.t === 'td' || element.t === 'th') return [{ ...element, c: loneParagraph(children) }];
  return [{ ...element, c: children }];
}

/** A cell with one paragraph needs no paragraph. */
function loneParagraph(children: RichNode[]): RichNode[] {
  const [only] = children;
  return children.length === 1 && typeof only === 'object' && only.t === 'p' ? (only.c ?? []) : children;
}

function heading(element: RichElement, children: RichNode[], nameAnchor: (wanted: string) => string): RichElement {
  const last = children[children.length - 1];
  let wanted = '';
  const written =
    typeof last === 'string' ? /\s*\{#([^}\s]{1,200})\}\s*(?:\{#[^}\s]{1,200}\}\s*){0,9}$/.exec(last) : null;
  if (written?.[1] !== undefined && typeof last === 'string') {
    wanted = written[1];
    children[children.length - 1] = last.slice(0, written.index);
  }
  const id = nameAnchor(wanted === '' ? anchorOf(plainText(children)) : wanted);
  return { ...element, id, c: children };
}

function codeBlock(token: Token): RichElement {
  const language = token.info.trim().split(/[\s{]/)[0] ?? '';
  const element: RichElement = { t: 'pre', c: [token.content.replace(/\n$/, '')] };
  if (language !== '') element.a = language.slice(0, 40);
  return element;
}

function inlineNodes(tokens: readonly Token[], content: string): RichNode[] {
  if (tokens.length === 0 && content !== '') return [content];
  const root: Frame = { element: { t: 'root' }, children: [] };
  const stack: Frame[] = [root];
  const top = (): Frame => stack[stack.length - 1] ?? root;
  const close = (tag: string): void => {
    if (stack.length < 2 || top().element.t !== tag) return;
    const done = stack.pop();
    if (done !== undefined) top().children.push({ ...done.element, c: done.children });
  };
  for (const token of tokens) {
    if (token.type === 'small_open' && stack.length > DEEPEST_INLINE) continue;
    if (token.type === 'small_open') stack.push({ element: { t: token.tag }, children: [] });
    else if (token.type === 'small_close') close(token.tag);
    else if (token.nesting === 1) stack.push({ element: inlineElement(token), children: [] });
    else if (token.nesting === -1) {
      /* Small HTML that was never closed ends with the Markdown around it. */
      while (stack.length > 1 && top().element.t !== token.tag) close(top().element.t);
      close(token.tag);
    } else addLeaf(token, top().children);
  }
  while (stack.length > 1) close(top().element.t);
  return root.children;
}

function inlineElement(token: Token): RichElement {
  const element: RichElement = { t: token.tag };
  if (token.tag === 'a') element.u = String(token.attrGet('href') ?? '');
  return element;
}

function addLeaf(token: Token, into: RichNode[]): void {
  if (token.type === 'softbreak') addText(into, ' ');
  else if (token.type === 'hardbreak') into.push({ t: 'br' });
  else if (token.type === 'code_inline') into.push({ t: 'code', c: [token.content] });
  else if (token.type === 'image') {
    const image: RichElement = { t: 'img', u: String(token.attrGet('src') ?? '') };
    const alt = token.content.trim();
    if (alt !== '') image.a = alt;
    into.push(image);
  } else if (token.content !== '') addText(into, token.content);
}

function addText(into: RichNode[], text: string): void {
  const last = into[into.length - 1];
  if (typeof last === 'string') into[into.length - 1] = last + text;
  else if (typeof last === 'object' && last.t === 'img') {
    /* `![](x.png){width=300}`: sizes of another generator, which are not ours to show. */
    const rest = text.replace(/^\{[^}\n]{0,200}\}/, '');
    if (rest !== '') into.push(rest);
  } else into.push(text);
}
