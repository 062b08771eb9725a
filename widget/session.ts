import type { SessionReply, SessionRequest } from '../relay/protocol/index.ts';
import { fail } from './errors.ts';
import type { Options } from './options.ts';
import { currentPage } from './page.ts';
import type { Kept } from './storage.ts';

/** The first `Intl.DateTimeFormat` of a page costs 25 ms, at every page view; `Temporal` knows the zone at once. */
const timeZone = () =>
  (globalThis as { Temporal?: { Now: { timeZoneId(): string } } }).Temporal?.Now.timeZoneId() ??
  Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Asks the relay for the session of this page view. Rejects with `refused` when it says no for good, else with what failed. */
export async function requestSession(
  relay: string,
  site: string,
  { locale, icon }: Partial<Options>,
  kept: Kept,
): Promise<SessionReply & { token: string }> {
  const token = kept.get<string>('token');
  const body: SessionRequest = {
    site,
    page: currentPage(),
    locale: locale ?? document.documentElement.lang,
    icon,
    timeZone: timeZone(),
    screen: `${screen.width}x${screen.height}`,
  };
  const answer = await fetch(`${relay}/api/visitor/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const reply = await answer.json();
  if (!answer.ok) throw answer.status < 429 ? fail('refused', reply.error.message) : reply;
  reply.token ??= token;
  kept.set('token', reply.token);
  return reply;
}
