/** An error that a page's code can meet: it tells by `code`, the sentence is for people. */
export interface FrontdeskError extends Error {
  /** What the relay's own code was, where it was the relay that refused. */
  reason?: string;
  /** When it wants to be asked again, where it was asked too often. */
  retryAfterMs?: number;
  code: 'unknown-verb' | 'bad-argument' | 'bad-option' | 'already-started' | 'insecure' | 'refused' | 'not-sent';
}

/** Makes such an error. */
export function fail(code: FrontdeskError['code'], sentence: string): FrontdeskError {
  return Object.assign(new Error(`Frontdesk: ${sentence}`), { code });
}
