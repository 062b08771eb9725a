import type { IdentifyReply, WireError } from '../../relay/protocol/index.ts';
import type { Core } from '../core.ts';
import { fail } from '../errors.ts';
import { expected } from '../options.ts';

/** Who the page says the visitor is; proved only by a token. */
export interface Person {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
}

/** What proves it: a token of the site's server, or how to get one whenever it is needed. */
export interface Proof {
  token?: string;
  getToken?: () => string | Promise<string>;
}

/** A token is replaced so long before it ends, and not more often than this. */
const AHEAD_MS = 60_000;
const SOONEST_MS = 30_000;

/** One refresh for each widget: a later call takes the place of the one before. */
const refreshes = new WeakMap<Core, AbortController>();

/** Asks the relay as this device; once more where another tab has changed its token meanwhile. */
async function ask(core: Core, body: object): Promise<IdentifyReply> {
  const { session, kept, options } = core;
  for (let again = true; ; again = false) {
    const shown = kept.get<string>('token') ?? session.token;
    const answer = await fetch(`${options.relay}/api/visitor/identify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${shown}` },
      body: JSON.stringify({ site: options.site, ...body }),
      signal: core.over,
    });
    const reply = await answer.json();
    if (answer.ok) return reply;
    const { code, message, retryAfterMs } = reply.error as WireError;
    if (!again || code !== 'unauthorised' || kept.get('token') === shown)
      throw Object.assign(fail('refused', message), { reason: code, retryAfterMs });
  }
}

/** Waits where there is no session yet: before consent nothing of a person leaves the page. */
async function begun(core: Core): Promise<void> {
  if (!core.session.quiet) return;
  const { session } = await core.live();
  await new Promise<void>((resolve) => {
    const off = session.on('welcome', () => {
      off();
      resolve();
    });
  });
}

/** The device is whose the relay says; with a new token its line comes back as theirs. */
async function takeReply(core: Core, { token, visitor, conversation }: IdentifyReply): Promise<void> {
  const { session, kept } = core;
  Object.assign(session, { visitor, conversation });
  if (!token) return;
  session.token = token;
  kept.set('token', token);
  const { session: client } = await core.live();
  client.disconnect();
  client.connect();
}

const endOf = (token: string): number => {
  try {
    return JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))).exp * 1_000;
  } catch {
    return Number.NaN;
  }
};

/** Says who the visitor is. Somebody else who is signed in on the device is signed out first. */
export async function identify(
  ready: () => Promise<Core>,
  logout: () => Promise<void>,
  person: Person,
  { token, getToken }: Proof,
): Promise<void> {
  const core = await ready();
  if (token !== undefined && typeof token !== 'string')
    throw expected('bad-argument', 'the token is none', ['a string']);
  if (getToken !== undefined && typeof getToken !== 'function')
    throw expected('bad-argument', 'getToken is none', ['a function']);
  if (core.session.quiet) {
    // Goes with the session when it begins; the page does not wait for that.
    begun(core)
      .then(() => identify(ready, logout, person, { token, getToken } as Proof))
      .catch(() => {});
    return;
  }
  refreshes.get(core)?.abort();
  if (token === undefined && !getToken) return takeReply(core, await ask(core, { person }));
  const proof = token ?? (await getToken?.()) ?? '';
  try {
    await takeReply(core, await ask(core, { token: proof }));
  } catch (error) {
    const { reason } = error as { reason?: string };
    if (reason === 'other-person') {
      await logout();
      return identify(ready, logout, person, { token: proof, ...(getToken && { getToken }) });
    }
    // It may have ended on the way: one more, fresh this time.
    if (reason !== 'bad-identity' || !getToken) throw error;
    await takeReply(core, await ask(core, { token: await getToken() }));
  }
  if (getToken) refresh(core, proof, () => identify(ready, logout, person, { getToken }));
}

/** Asks for the next token before this one ends, as long as the widget is there. */
function refresh(core: Core, token: string, again: () => Promise<void>): void {
  const stop = new AbortController();
  refreshes.set(core, stop);
  const wait = Math.max(SOONEST_MS, endOf(token) - Date.now() - AHEAD_MS);
  if (Number.isNaN(wait)) return;
  const timer = setTimeout(() => again().catch((error) => core.emit('error', error)), wait);
  for (const signal of [stop.signal, core.over]) signal.addEventListener('abort', () => clearTimeout(timer));
}

/**
 * Custom attributes of the visitor or of their conversation; null removes one. Those that the site's server signed stay as
 * they were.
 */
export async function tellRelay(core: Core, said: { attributes: object } | { conversation: object }): Promise<void> {
  if (core.session.quiet) {
    begun(core)
      .then(() => tellRelay(core, said))
      .catch(() => {});
    return;
  }
  await ask(core, said);
}
