/** A visit ends after so long without a sign of life. */
export const VISIT_GAP_MS = 30 * 60_000;

/** Whether somebody seen at `lastSeenAt` is still on the same visit. */
export const sameVisit = (lastSeenAt: Date, now: number): boolean => now - lastSeenAt.getTime() < VISIT_GAP_MS;

const UTM_CHARS = 200;

/** The UTM values of an address, and the click ids that advertising adds. */
export function readUtm(url: string): Record<string, string> {
  const utm: Record<string, string> = {};
  let query: URLSearchParams;
  try {
    query = new URL(url).searchParams;
  } catch {
    return utm;
  }
  for (const [key, value] of query)
    if (/^utm_(source|medium|campaign|term|content)$/.test(key) || /^(gclid|yclid|fbclid)$/.test(key))
      utm[key.replace('utm_', '')] = value.slice(0, UTM_CHARS).replace(/[\ud800-\udbff]$/, '');
  return utm;
}
