import type { AppContext } from '../app.tsx';
import type { Core } from '../core.ts';

/** What the visitor shows to the relay now: another tab may have got a new token meanwhile. */
export const bearer = ({ kept, session }: Core): string => `Bearer ${kept.get<string>('token') ?? session.token}`;

/** Reads from the visitor's part of the relay, once it wants to be asked; rejects when the answer is not one of success. */
export async function read<T>(
  app: AppContext,
  path: string,
  more: Record<string, string>,
  signal?: AbortSignal,
): Promise<T> {
  const { session, options, over } = app.core;
  const query = new URLSearchParams({ site: session.site.key, locale: session.site.locale, ...more });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, app.busyUntil - Date.now()));
    const answer = await fetch(`${options.relay}/api/visitor/${path}?${query}`, {
      headers: path.startsWith('articles') ? {} : { authorization: bearer(app.core) },
      signal: signal ?? over,
    });
    if (answer.ok) return answer.json();
    const seconds = answer.headers.get('retry-after');
    if (!seconds) throw new Error(`${answer.status}`);
    app.rest(+seconds * 1_000);
  }
}

/** Lets only the last of quick calls through, `ms` after it. */
export function debounced(ms: number): (fn: () => void) => void {
  let timer = 0;
  return (fn) => {
    clearTimeout(timer);
    timer = window.setTimeout(fn, ms);
  };
}
