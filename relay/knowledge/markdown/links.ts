import type { RichElement, RichNode } from '../../protocol/articles.ts';
import { FrontdeskError } from '../../protocol/errors.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { append } from './append.ts';
import { plainText } from './plain-text.ts';

/** What a text's surroundings know about its relative addresses. Paths and anchors are decoded. */
export interface LinkResolver {
  /** The address for a relative link, `#article/SLUG#anchor` or an absolute one; `null` leaves the words without a link. */
  link(path: string, anchor: string): string | null;
  /** The address of a relative picture, and its size in CSS pixels where known; `null` leaves its description. */
  image(path: string): { url: string; width?: number | undefined; height?: number | undefined } | null;
}

/** For texts that stand alone: every relative address is dropped. */
export const NO_NEIGHBOURS: LinkResolver = { link: () => null, image: () => null };

const MOST_ADDRESS_CHARS = 4 * 1024 * 1024;

/** `href` when a link may go there: http, https, mailto, tel, written out; else `null`. */
export function safeHref(href: string): string | null {
  const trimmed = href.trim();
  if (trimmed.length > LIMITS.urlChars || !/^(?:https?:\/\/|mailto:|tel:)/i.test(trimmed)) return null;
  return URL.canParse(trimmed) ? trimmed : null;
}

const VIDEO_HOSTS =
  /^(?:www\.|m\.)?(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com|player\.vimeo\.com|rutube\.ru|vkvideo\.ru)$/;

/** Whether an address is a film: YouTube, Vimeo, RuTube, VK Video, or a file of one. */
export function isVideo(href: string): boolean {
  if (!/^https?:/i.test(href) || !URL.canParse(href)) return false;
  const url = new URL(href);
  const host = url.hostname.toLowerCase();
  if (/\.(?:mp4|webm|mov)$/i.test(url.pathname)) return true;
  if (/^(?:www\.|m\.)?vk\.(?:com|ru)$/.test(host)) return /^\/(?:video|clip)/.test(url.pathname);
  return VIDEO_HOSTS.test(host) && url.pathname.length > 1;
}

/**
 * Judges every address in freshly parsed nodes: what is left afterwards is safe to show. A link that may not be
 * followed becomes its words; a picture from elsewhere becomes a link, since an article never makes a visitor's
 * browser ask a third party; a paragraph that is nothing but a film's link becomes a `video`.
 */
export function resolveLinks(nodes: readonly RichNode[], resolver: LinkResolver): RichNode[] {
  const budget = { left: MOST_ADDRESS_CHARS };
  return resolveList(nodes, resolver, budget, false);
}

interface Budget {
  left: number;
}

function resolveList(nodes: readonly RichNode[], resolver: LinkResolver, budget: Budget, inLink: boolean): RichNode[] {
  const done: RichNode[] = [];
  for (const node of nodes) {
    if (typeof node === 'string') done.push(node);
    else if (node.t === 'a' && !inLink) append(done, resolveLink(node, resolver, budget));
    else if (node.t === 'a') append(done, resolveList(node.c ?? [], resolver, budget, true));
    else if (node.t === 'img') append(done, resolveImage(node, resolver, budget, inLink));
    else if (node.c === undefined) done.push(node);
    else done.push(withFilm({ ...node, c: resolveList(node.c, resolver, budget, inLink) }));
  }
  return done;
}

function withFilm(node: RichElement): RichElement {
  if (node.t !== 'p') return node;
  const inside = (node.c ?? []).filter((child) => typeof child !== 'string' || !/^[\s@.;]*$/.test(child));
  const [only] = inside;
  if (inside.length !== 1 || typeof only !== 'object' || only.u === undefined) return node;
  if (only.t === 'video') return only;
  if (only.t !== 'a' || !isVideo(only.u)) return node;
  const title = plainText(only.c ?? []);
  return { t: 'video', u: only.u, a: title === '' || title === only.u ? new URL(only.u).hostname : title };
}

function resolveLink(node: RichElement, resolver: LinkResolver, budget: Budget): RichNode[] {
  const children = resolveList(node.c ?? [], resolver, budget, true);
  const href = addressOf(node.u ?? '', resolver);
  if (href === null) return children;
  spend(budget, href);
  return [{ t: 'a', u: href, c: children.length > 0 ? children : [href] }];
}

function addressOf(href: string, resolver: LinkResolver): string | null {
  const safe = safeHref(href);
  if (safe !== null) return safe;
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//')) return null;
  const [path = '', anchor = ''] = href.split('#', 2);
  const found = resolver.link(decoded(path), decoded(anchor));
  return found === null || found.startsWith('#article/') ? found : safeHref(found);
}

function resolveImage(node: RichElement, resolver: LinkResolver, budget: Budget, inLink: boolean): RichNode[] {
  const source = node.u ?? '';
  const words = node.a ?? '';
  if (/^[a-z][a-z0-9+.-]*:/i.test(source) || source.startsWith('//')) {
    const href = safeHref(source);
    if (href === null || inLink) return words === '' ? [] : [words];
    spend(budget, href);
    if (isVideo(href)) return [{ t: 'video', u: href, a: words === '' ? new URL(href).hostname : words }];
    return [{ t: 'a', u: href, c: [words === '' ? new URL(href).hostname : words] }];
  }
  const found = resolver.image(decoded(source.split(/[?#]/, 1)[0] ?? ''));
  if (found === null) return words === '' ? [] : [words];
  spend(budget, found.url);
  const image: RichElement = { t: 'img', u: found.url, a: words };
  if (found.width !== undefined && found.height !== undefined) {
    image.w = found.width;
    image.h = found.height;
  }
  return [image];
}

/** One long reference repeated by thousands of short ones would swell a small file to gigabytes. */
function spend(budget: Budget, address: string): void {
  budget.left -= address.length;
  if (budget.left < 0) throw new FrontdeskError('too-big', 'The text has too many addresses in it.');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
