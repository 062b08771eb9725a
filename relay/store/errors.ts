import { FrontdeskError } from '../protocol/errors.ts';

/** The store cannot be opened; `says` is a sentence for the person who starts the relay. */
export class StoreOpenError extends Error {
  override name = 'StoreOpenError';
  readonly says: string;
  constructor(says: string, cause?: unknown) {
    super(says, { cause });
    this.says = says;
  }
}

/**
 * The line to the database broke during COMMIT: the transaction may be in or not. Never answer this as an error; ask
 * again with the same command ids.
 */
export class CommitUnsureError extends Error {
  override name = 'CommitUnsureError';
  constructor(cause?: unknown) {
    super('The connection to the database was lost during the commit; its outcome is unknown.', { cause });
  }
}

/** The engine's own code (`SQLITE_FULL`, `23505`), also when drizzle has wrapped the error. */
export function engineCode(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string') return code;
  }
  return null;
}

/** Whether a unique index or primary key refused a row. */
export function isUniqueConflict(error: unknown): boolean {
  const code = engineCode(error);
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === '23505';
}

/** SQLite's disk is full, read-only or failing, or another process holds the lock for too long. */
const SQLITE_UNWRITABLE = /^SQLITE_(FULL|READONLY|IOERR|BUSY|CANTOPEN|PROTOCOL)/;
/** Postgres: connection lost, out of resources, shutting down, read-only (after a fail-over), I/O error. */
const PG_UNWRITABLE = /^(08...|53...|57P..|25006|58...)$/;
/** Node's codes of a line that cannot be made or broke. */
const LINE_BROKEN = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;

/** Whether nothing can be written now, through no fault of what was to be written. */
export function isUnwritable(error: unknown): boolean {
  if (error instanceof FrontdeskError) return error.code === 'not-stored';
  const code = engineCode(error) ?? '';
  return SQLITE_UNWRITABLE.test(code) || PG_UNWRITABLE.test(code) || LINE_BROKEN.test(code);
}

/** The error `not-stored` with what caused it, for the log. */
export function notStored(cause: unknown): FrontdeskError {
  return Object.assign(new FrontdeskError('not-stored'), { cause });
}

/**
 * NUL and lone surrogates: SQLite keeps them, Postgres refuses them, and the sender would ask again for ever. All JSON
 * is our own, so that what its reader (`json_…`) does not like can only be such a character.
 */
function isUnstorableText(error: unknown): boolean {
  const code = engineCode(error);
  if (code === '22021' || code === '22P05') return true;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return code === '22P02' && /^json_/.test(String((cause as { routine?: unknown }).routine));
}

/** Turns an engine's error into what rooms and clients understand; anything else goes through unchanged. */
export function translate(error: unknown): unknown {
  if (error instanceof FrontdeskError) return error;
  if (isUnwritable(error)) return notStored(error);
  if (isUnstorableText(error)) {
    return Object.assign(new FrontdeskError('bad-field', 'A text has a character in it that cannot be stored.'), {
      cause: error,
    });
  }
  return error;
}
