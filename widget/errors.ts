/** An error that a page's code can meet: it tells by `code`, the sentence is for people. */
export interface FrontdeskError extends Error {
  code: 'unknown-verb' | 'bad-argument' | 'bad-option' | 'already-started' | 'insecure' | 'refused';
}

/** Makes such an error: what was wrong, and what would have been right. */
export function fail(code: FrontdeskError['code'], wrong: string, expected: readonly string[] = []): FrontdeskError {
  const message = `Frontdesk: ${wrong}${expected.length ? `; expected ${expected.join(', ')}` : ''}`;
  return Object.assign(new Error(message), { name: 'FrontdeskError', code });
}
