import type { Core } from '../core.ts';

/** Reads from the visitor's part of the relay; rejects when the answer is not one of success. */
export async function read<T>(
  core: Core,
  path: string,
  more: Record<string, string>,
  signal?: AbortSignal,
): Promise<T> {
  const query = new URLSearchParams({ site: core.session.site.key, locale: core.session.site.locale, ...more });
  const answer = await fetch(`${core.options.relay}/api/visitor/${path}?${query}`, {
    headers: path.startsWith('articles') ? {} : { authorization: `Bearer ${core.session.token}` },
    signal: signal ?? core.over,
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** Lets only the last of quick calls through, `ms` after it. */
export function debounced(ms: number): (fn: () => void) => void {
  let timer = 0;
  return (fn) => {
    clearTimeout(timer);
    timer = window.setTimeout(fn, ms);
  };
}
