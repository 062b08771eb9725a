import { type ErrorCode, OWED, type Owed, type WireError } from '../protocol/errors.ts';

/** An answer that is not a success; `offline`: there was no answer at all. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly code: ErrorCode | 'offline';
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;
  constructor(error: Omit<WireError, 'code'> & { code: ErrorCode | 'offline' }) {
    super(error.message);
    this.code = error.code;
    this.field = error.field;
    this.retryAfterMs = error.retryAfterMs;
  }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** The relay's HTTP surface for operators; paths start at `/api/v1`. */
export interface Api {
  get<T>(path: string): Promise<T>;
  send<T>(method: Exclude<Method, 'GET'>, path: string, body?: unknown): Promise<T>;
}

/**
 * Asks with the cookie of this origin. `onSignedOut`: the relay does not know the sign-in any more; `onOwed`: it wants
 * something done first.
 */
export function createApi(relay: string, on: { onSignedOut(): void; onOwed(owes: Owed): void }): Api {
  const ask = async <T>(method: Method, path: string, body?: unknown): Promise<T> => {
    let answer: Response;
    let said: unknown;
    try {
      answer = await fetch(`${relay}/api/v1${path}`, {
        method,
        ...(method !== 'GET' && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body ?? {}),
        }),
      });
      said = await answer.json();
    } catch {
      throw new ApiError({ code: 'offline', message: '' });
    }
    if (answer.ok) return said as T;
    const error = (said as { error?: WireError }).error ?? { code: 'internal' as const, message: answer.statusText };
    if (error.code === 'unauthorised') on.onSignedOut();
    const owed = OWED.find((code) => code === error.code);
    if (owed) on.onOwed(owed);
    throw new ApiError(error);
  };
  return { get: (path) => ask('GET', path), send: ask };
}

/** The same below one site's path. */
export function siteApi(api: Api, site: string): Api {
  const base = `/sites/${encodeURIComponent(site)}`;
  return { get: (path) => api.get(base + path), send: (method, path, body) => api.send(method, base + path, body) };
}
