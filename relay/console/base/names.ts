import type { Words } from '../locales/en.ts';

/** What a visitor is called: by name, else by e-mail, else by number. */
export function visitorName(
  visitor: { name: string | null; email: string | null; number: number },
  words: Pick<Words, 'visitor'>,
): string {
  return visitor.name || visitor.email || words.visitor(visitor.number);
}

/** One or two letters for an avatar; null for somebody who has only a number. */
export function initials(name: string | null): string | null {
  const parts = (name ?? '')
    .trim()
    .split(/[\s._@-]+/u)
    .filter((part) => /^[\p{L}\p{N}]/u.test(part));
  if (parts.length === 0) return null;
  return parts
    .slice(0, 2)
    .map((part) => [...part][0]?.toUpperCase() ?? '')
    .join('');
}

/** One of 12 hues that stays with an id. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (sum % 12) * 30;
}

/** Letters instead of their percent codes, where they are whole. */
function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** A page's address as a person reads it: without the scheme, and the path alone where the host is known. */
export function shortUrl(url: string, withHost = false): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, search } = new URL(url);
  const path = readable(`${pathname}${search}`);
  return withHost ? `${host}${path === '/' ? '' : path}` : path;
}

/** Where a visit came from: its campaign's source, else the host of the page before; null for a direct one. */
export function sourceOf(visit: { utm: Record<string, string>; referrer: string }): string | null {
  if (visit.utm.source) return visit.utm.source;
  return URL.canParse(visit.referrer) ? new URL(visit.referrer).host.replace(/^www\./, '') : null;
}
