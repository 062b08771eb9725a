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
  options: Options & { relay: string },
  kept: Kept,
): Promise<SessionReply & { token: string }> {
  const { relay, site, locale, icon } = options;
  // Who has a token has acted before: that was their consent, unless they took it back.
  const token = options.consent !== 'denied' && kept.get<string>('token');
  if (token || options.consent === 'granted') options.consent = undefined;
  const answer = await fetch(`${relay}/api/visitor/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({
      site,
      consent: options.consent,
      locale: locale ?? document.documentElement.lang,
      icon,
      ...(!options.consent && {
        page: currentPage(),
        timeZone: timeZone(),
        screen: `${screen.width}x${screen.height}`,
      }),
    } satisfies SessionRequest),
  });
  const reply = await answer.json();
  if (!answer.ok) throw answer.status < 429 ? fail('refused', reply.error.message) : reply;
  reply.token ??= token;
  kept.set('token', reply.token);
  return reply;
}
