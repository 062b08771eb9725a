import { createHmac, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { z } from 'zod';
import { attributes, type IdentityAlgorithm } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';

/** A key that a site's server signs identities with. */
export interface IdentityKey {
  kid: string;
  /** The only algorithm this key is good for. */
  algorithm: IdentityAlgorithm;
  key: KeyObject;
}

const TOKEN_CHARS = 8_192;
const SKEW_S = 60;
/** A token may end so far ahead at most. */
const LONGEST_S = 3_600;

const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Surrogate}]*$/u);
const second = z.number().finite().nonnegative();
const header = z.strictObject({
  alg: z.string(),
  kid: line(64),
  typ: z.string().regex(/^jwt$/i).optional(),
});
const payload = z.object({
  aud: z.union([z.string(), z.tuple([z.string()]).transform(([one]) => one)]),
  sub: line(255),
  jti: line(255),
  exp: second,
  nbf: second.optional(),
  iat: second.optional(),
  name: line(200).nullish(),
  email: z.email().max(320).nullish(),
  phone: line(50).nullish(),
  attributes: attributes.refine((given) => Object.keys(given).length <= 50).optional(),
});

/** What a site's server says of somebody who is signed in there. */
export type IdentityClaims = Pick<
  z.infer<typeof payload>,
  'sub' | 'jti' | 'name' | 'email' | 'phone' | 'attributes'
> & {
  expiresAt: Date;
};

const refuse = (why: string): never => {
  throw new FrontdeskError('bad-identity', `The identity token is not accepted: ${why}.`);
};

/** The bytes of a part, which has to be written in the one way there is. */
function bytesOf(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === part ? bytes : refuse('it is not written as a JWT is');
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(part)));
  } catch {
    return refuse('it is not written as a JWT is');
  }
}

function isSigned({ algorithm, key }: IdentityKey, data: string, signature: Buffer): boolean {
  if (algorithm === 'HS256') {
    const right = createHmac('sha256', key).update(data).digest();
    return right.length === signature.length && timingSafeEqual(right, signature);
  }
  if (algorithm === 'EdDSA') return verify(null, Buffer.from(data), key, signature);
  return verify('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/**
 * Reads an identity token (a JWT) of this site; throws `bad-identity` with what is wrong. The key decides the algorithm, never
 * the token; a header with anything beside `alg`, `kid` and `typ` is refused, and so no key or address in it is ever looked at.
 */
export function readIdentityToken(
  token: string,
  { site, keys, now }: { site: string; keys: readonly IdentityKey[]; now: number },
): IdentityClaims {
  const parts = token.split('.');
  const [head = '', body = '', tail = ''] = parts;
  if (token.length > TOKEN_CHARS || parts.length !== 3) refuse('it is not written as a JWT is');
  const signature = bytesOf(tail);
  const named = header.safeParse(jsonOf(head));
  if (!named.success) return refuse('its header may hold alg, kid and typ alone, and needs the first two');
  const key = keys.find(({ kid }) => kid === named.data.kid);
  if (!key) return refuse('no key of this site has its kid');
  if (named.data.alg !== key.algorithm) return refuse(`its key is for ${key.algorithm}`);
  if (!isSigned(key, `${head}.${body}`, signature)) return refuse('its signature is not right');
  const claims = payload.safeParse(jsonOf(body));
  if (!claims.success)
    return refuse(`its claim ${claims.error.issues[0]?.path.join('.') || 'set'} is missing or not right`);
  const { aud, exp, nbf = 0, iat = 0, ...said } = claims.data;
  const seconds = now / 1_000;
  if (aud !== site) return refuse('it is for another site (aud)');
  if (exp + SKEW_S <= seconds) return refuse('it has expired (exp)');
  if (exp - SKEW_S > seconds + LONGEST_S) return refuse('it lasts longer than an hour (exp)');
  if (nbf - SKEW_S > seconds) return refuse('it is not good yet (nbf)');
  if (iat - SKEW_S > seconds) return refuse('it was made in the future (iat)');
  return { ...said, expiresAt: new Date((exp + SKEW_S) * 1_000) };
}
