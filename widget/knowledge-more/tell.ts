import { bearer } from '../base/fetch.ts';
import type { Core } from '../core.ts';

/** Tells the relay something of an article or a search; goes out also while the page goes away. Rejects when it was not taken. */
export async function tell<T>(core: Core, path: string, more: object = {}): Promise<T> {
  const { options, session } = core;
  const { key: site, locale } = session.site;
  const answer = await fetch(`${options.relay}/api/visitor/${path}`, {
    method: 'POST',
    keepalive: true,
    headers: {
      'content-type': 'application/json',
      ...(!session.quiet && { authorization: bearer(core) }),
    },
    body: JSON.stringify({ site, locale, ...more }),
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** The address of what is told of an article. */
export const aboutArticle = (slug: string, what: 'views' | 'votes'): string =>
  `articles/${encodeURIComponent(slug)}/${what}`;
