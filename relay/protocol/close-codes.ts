/**
 * Why the relay closed a socket, and whether to come back. A client decides by `retry` alone:
 * `true` reconnects with back-off, `false` stays away until the page does something about it.
 */
export const CLOSE_CODES = {
  4000: { name: 'bad-frame', retry: false, says: 'The frame could not be read.' },
  4001: { name: 'unauthorised', retry: false, says: 'The token or the sign-in is not valid (any more).' },
  4002: { name: 'bad-protocol', retry: false, says: 'This protocol version is not spoken here; load the page again.' },
  4003: { name: 'forbidden-origin', retry: false, says: 'This site does not allow the page that the widget is on.' },
  4004: { name: 'unknown-site', retry: false, says: 'There is no site with this key.' },
  4005: { name: 'hello-late', retry: true, says: 'No hello came in time.' },
  4006: { name: 'silent', retry: true, says: 'Nothing was heard for too long.' },
  4007: { name: 'draining', retry: true, says: 'The relay is going down for a moment.' },
  4008: { name: 'too-slow', retry: true, says: 'The socket did not read what it was sent.' },
  4009: { name: 'too-big', retry: false, says: 'The frame is larger than allowed.' },
  4010: { name: 'overloaded', retry: true, says: 'The relay has more sockets than it can serve.' },
  4011: { name: 'store-unsure', retry: true, says: 'A commit has an unknown outcome; ask again.' },
  4012: { name: 'signed-out', retry: false, says: 'The session was ended.' },
} as const;

export type CloseCode = keyof typeof CLOSE_CODES;
export type CloseName = (typeof CLOSE_CODES)[CloseCode]['name'];

const codesByName = new Map<string, CloseCode>();
for (const [code, entry] of Object.entries(CLOSE_CODES)) codesByName.set(entry.name, Number(code) as CloseCode);

/** The number of a named close code. */
export function closeCode(name: CloseName): CloseCode {
  return codesByName.get(name) as CloseCode;
}

/** Whether a client reconnects after `code`. Codes that are not ours (1006, 1001 …) mean a lost line: yes. */
export function mayRetry(code: number): boolean {
  return CLOSE_CODES[code as CloseCode]?.retry ?? true;
}
