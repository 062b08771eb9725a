/**
 * Every error a client can meet, with its sentence in English (clients translate by code) and its HTTP status.
 * Nothing is matched by text; a code is never renamed.
 */
export const ERRORS = {
  'bad-frame': { status: 400, says: 'The frame is not of the documented shape.' },
  'bad-request': { status: 400, says: 'The request is not of the documented shape.' },
  'unknown-frame': { status: 400, says: 'There is no frame of this type.' },
  'hello-first': { status: 400, says: 'The first frame has to be a hello.' },
  'too-long': { status: 413, says: 'The text is longer than allowed.' },
  'too-big': { status: 413, says: 'The request is larger than allowed.' },
  empty: { status: 400, says: 'There is nothing in it to send.' },
  'out-of-order': { status: 409, says: 'An earlier command of this outbox has no verdict yet; send that one first.' },
  'id-reused': { status: 409, says: 'This id was used for a different command; make a fresh id.' },
  'slow-down': { status: 429, says: 'Too much at once; try again in a moment.' },
  unauthorised: { status: 401, says: 'Sign in first.' },
  'bad-identity': { status: 401, says: 'The identity token is not accepted.' },
  'other-person': {
    status: 409,
    says: 'Somebody else is signed in on this device; call logout before another person is identified.',
  },
  'bad-credentials': { status: 401, says: 'The e-mail address or the password is not right.' },
  'first-password-over': {
    status: 401,
    says: 'This first password was good for 7 days. Ask the owner for a new one, or run «npx frontdesk operator password EMAIL» on the relay’s machine.',
  },
  'choose-password': {
    status: 403,
    says: 'This password was given to you; choose one of your own first (POST /api/v1/me/password).',
  },
  'set-up-second-factor': {
    status: 403,
    says: 'A site that you work for asks everybody for a second factor; set yours up first (POST /api/v1/me/second-factor).',
  },
  forbidden: { status: 403, says: 'This is not allowed for you.' },
  'forbidden-origin': {
    status: 403,
    says: 'This site does not allow the page that the request came from; add its origin to the site.',
  },
  'not-found': { status: 404, says: 'There is nothing here by this name.' },
  'unknown-site': { status: 404, says: 'There is no site with this key.' },
  'already-taken': { status: 409, says: 'Another operator has taken this conversation.' },
  'not-assigned': { status: 409, says: 'This conversation is not assigned to anybody.' },
  'too-old': {
    status: 409,
    says: 'A conversation older than 30 days cannot go back to the queue; assign it to an operator.',
  },
  'bad-file': {
    status: 415,
    says: 'Files of this kind are not taken, or its content is not what its name says.',
  },
  'no-such-file': { status: 409, says: 'A file of this message is not there any more; attach it again.' },
  'message-deleted': { status: 409, says: 'This message was deleted.' },
  conflict: { status: 409, says: 'This would contradict what is already there.' },
  'bad-field': { status: 422, says: 'A field is missing or not right.' },
  'prove-first': {
    status: 428,
    says: 'This form looks like a machine’s; solve the challenge and send it again with the proof.',
  },
  ended: { status: 409, says: 'The operator has ended the conversation; nothing more can be written to it.' },
  'channel-off': { status: 409, says: 'This site has switched the channel off.' },
  internal: { status: 500, says: 'The relay has failed at this; nothing was stored. Try again.' },
  'not-stored': {
    status: 503,
    says: 'The relay cannot write to its disk now; nothing was stored. It will be tried again.',
  },
  'going-down': { status: 503, says: 'The relay goes down for a moment; come back shortly.' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** What somebody who signed in may owe before anything else works; also the code of every refusal until then. */
export const OWED = ['choose-password', 'set-up-second-factor'] as const satisfies readonly ErrorCode[];
export type Owed = (typeof OWED)[number];

/** What travels: the code, a sentence for a person, and, for a bad field, its name and what was wrong with it. */
export interface WireError {
  code: ErrorCode;
  message: string;
  field?: string | undefined;
  /** Who holds it, for `already-taken`. */
  operator?: { id: string; name: string } | undefined;
  retryAfterMs?: number | undefined;
  /** What has to be solved, for `prove-first`. */
  challenge?: string | undefined;
}

/** An error with a code of this list; thrown by rooms, turned into a reject frame or an HTTP answer at the edge. */
export class FrontdeskError extends Error {
  override name = 'FrontdeskError';
  readonly code: ErrorCode;
  readonly detail: Omit<WireError, 'code' | 'message'>;
  constructor(code: ErrorCode, message?: string, detail: Omit<WireError, 'code' | 'message'> = {}) {
    super(message ?? ERRORS[code].says);
    this.code = code;
    this.detail = detail;
  }
  get status(): number {
    return ERRORS[this.code].status;
  }
  toWire(): WireError {
    return { code: this.code, message: this.message, ...this.detail };
  }
}
