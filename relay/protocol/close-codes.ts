/**
 * Why the relay closed a socket, and whether to come back. A client decides by `retry` alone:
 * `true` reconnects with back-off, `false` stays away until the page does something about it.
 * `docs/protocol.md` says each in a sentence; here every byte goes to visitors.
 */
export const CLOSE_CODES = {
  4000: { name: 'bad-frame', retry: false },
  4001: { name: 'unauthorised', retry: false },
  4002: { name: 'bad-protocol', retry: false },
  4003: { name: 'forbidden-origin', retry: false },
  4004: { name: 'unknown-site', retry: false },
  4005: { name: 'hello-late', retry: true },
  4006: { name: 'silent', retry: true },
  4007: { name: 'draining', retry: true },
  4008: { name: 'too-slow', retry: true },
  4009: { name: 'too-big', retry: false },
  4010: { name: 'overloaded', retry: true },
  4011: { name: 'store-unsure', retry: true },
  4012: { name: 'signed-out', retry: false },
  4013: { name: 'moved', retry: true },
} as const;

export type CloseCode = keyof typeof CLOSE_CODES;
export type CloseName = (typeof CLOSE_CODES)[CloseCode]['name'];

/** The number of a named close code. */
export function closeCode(name: CloseName): CloseCode {
  const entry = Object.entries(CLOSE_CODES).find(([, { name: known }]) => known === name);
  return Number(entry?.[0]) as CloseCode;
}

/** Whether a client reconnects after `code`. Codes that are not ours (1006, 1001 …) mean a lost line: yes. */
export function mayRetry(code: number): boolean {
  return CLOSE_CODES[code as CloseCode]?.retry ?? true;
}
