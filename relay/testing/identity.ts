import { createHmac, type KeyObject, sign } from 'node:crypto';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT as a site's server would make it, or as nobody should: what is named is signed with HS256, or by the private key. */
export function makeToken(header: object, claims: object, key: string | KeyObject): string {
  const data = `${part(header)}.${part(claims)}`;
  if (typeof key === 'string') return `${data}.${createHmac('sha256', key).update(data).digest('base64url')}`;
  const signature =
    key.asymmetricKeyType === 'ec'
      ? sign('sha256', Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' })
      : sign(null, Buffer.from(data), key);
  return `${data}.${signature.toString('base64url')}`;
}
