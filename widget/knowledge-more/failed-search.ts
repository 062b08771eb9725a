import type { AppContext } from '../app.tsx';
import { tell } from './tell.ts';

/** So long a query has to stand before it is what somebody looked for, and not on the way there. */
const SETTLED_MS = 1_500;

/** Tells the relay, once a page, of each query that stands and finds nothing. Call it at every drawing of results. */
export function failedSearches({ core, knowledge }: AppContext): (asked: string, found: number) => void {
  const told = new Set<string>();
  let standing = '';
  let timer = 0;
  const report = () => {
    const query = standing;
    clearTimeout(timer);
    standing = '';
    if (!query || query !== knowledge.query.trim() || told.has(query) || core.session.quiet) return;
    told.add(query);
    tell(core, 'failed-searches', { query }).catch(() => {});
  };
  addEventListener('pagehide', report, { signal: core.over });
  core.over.addEventListener('abort', () => clearTimeout(timer));
  return (asked, found) => {
    if (found) standing = '';
    else if (asked !== standing) {
      standing = asked;
      clearTimeout(timer);
      timer = window.setTimeout(report, SETTLED_MS);
    }
  };
}
