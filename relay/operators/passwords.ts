import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { FrontdeskError } from '../protocol/errors.ts';
import { isCommon, isMadeOf } from './guessable.ts';

/* OWASP's least for Argon2id: 19 MiB, two passes, one lane; 61 ms here. */
const MEMORY_KIB = 19 * 1024;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;

/** Bytes of a password in UTF-8. */
export const PASSWORD_BYTES = { least: 8, most: 256 } as const;

/** Hashes that may run at once: each takes 19 MiB and a core. */
const AT_ONCE = 2;
/** Hashes that may wait; beyond, the client is told to slow down. */
const WAITING = 100;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Throws `bad-field` with a sentence when a password is too short, too long, one that everybody tries first, or made of
 * `known`: the name and address of whom it is for, and the site's name.
 */
export async function checkPassword(password: string, known: readonly string[], field = 'password'): Promise<void> {
  const bytes = Buffer.byteLength(password);
  if (bytes < PASSWORD_BYTES.least || bytes > PASSWORD_BYTES.most) {
    const says = `A password has ${PASSWORD_BYTES.least} to ${PASSWORD_BYTES.most} characters.`;
    throw new FrontdeskError('bad-field', says, { field });
  }
  const easy = (await isCommon(password))
    ? 'This password is one of those that are tried first'
    : isMadeOf(password, ['Frontdesk', ...known]) && 'This password says little more than names that are known';
  if (easy)
    throw new FrontdeskError('bad-field', `${easy}. Take several words that have nothing in common.`, { field });
}

/** Hashes a password for keeping, in the usual text form with its parameters and salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(salt)}$${unpadded(tag)}`;
}

/* Of no password: what is compared with when there is no such operator, so that it takes the same time. */
const NOBODY = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(TAG_BYTES))}`;

/** Whether the password is the one of the hash. `null` (nobody has this address) takes as long and is false. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, kind, , costs, salt, tag] = (hash ?? NOBODY).split('$');
  const [, memory, passes, parallelism] = /^m=(\d+),t=(\d+),p=(\d+)$/.exec(costs ?? '') ?? [];
  if (kind !== 'argon2id' || memory === undefined || salt === undefined || tag === undefined) return false;
  const expected = Buffer.from(tag, 'base64');
  const found = await derive(password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return hash !== null && expected.length === found.length && timingSafeEqual(expected, found);
}

async function derive(
  password: string,
  nonce: Buffer,
  costs: { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  await enter();
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      argon2(
        'argon2id',
        { message: password.normalize('NFKC'), nonce, tagLength: TAG_BYTES, ...costs },
        (error, tag) => (error === null ? resolve(tag) : reject(error)),
      );
    });
  } finally {
    leave();
  }
}

function enter(): Promise<void> | void {
  if (running < AT_ONCE) {
    running += 1;
    return;
  }
  if (waiting.length >= WAITING) throw new FrontdeskError('slow-down', undefined, { retryAfterMs: 5_000 });
  return new Promise((resolve) => waiting.push(resolve));
}

/** Hands the place on, or gives it back. */
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else running -= 1;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
