import type { Core } from '../core.ts';

/**
 * What is told of the page to find articles that fit it: its address without a query, of the part behind `#` only what is a
 * route, and its title. Nothing before the visitor has consented or acted.
 */
export function pageSigns({ session, page }: Core): { page: string; title: string } | undefined {
  if (session.quiet) return;
  const { url, title } = page();
  return { page: url.replace(/\?[^#]*|#(?!!?\/).*/g, ''), title };
}
