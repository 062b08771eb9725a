import { ApiError } from '../api.ts';
import { language, words } from '../locales/locale.ts';
import { inTime } from '../locales/time-words.ts';

/** A failure in words a person can act on. */
export function errorWords(error: unknown): string {
  const { errors, signIn } = words.peek();
  if (!(error instanceof ApiError)) return errors.internal;
  if (error.code === 'slow-down' && error.retryAfterMs)
    return signIn.throttled(inTime(language.peek(), error.retryAfterMs));
  return errors[error.code] ?? errors.internal;
}
