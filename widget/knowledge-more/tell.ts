import type { Core } from '../core.ts';

/** Tells the relay something of an article or a search; goes out also while the page goes away. Rejects when it was not taken. */
export async function tell<T>({ options, session }: Core, path: string, more: object = {}): Promise<T> {
  const { key: site, locale } = session.site;
  const answer = await fetch(`${options.relay}/api/visitor/${path}`, {
    method: 'POST',
    keepalive: true,
    headers: {
      'content-type': 'application/json',
      ...(!session.quiet && { authorization: `Bearer ${session.token}` }),
    },
    body: JSON.stringify({ site, locale, ...more }),
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** The address of what is told of an article. */
export const aboutArticle = (slug: string, what: 'views' | 'votes'): string =>
  `articles/${encodeURIComponent(slug)}/${what}`;
