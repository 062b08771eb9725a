import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Key } from './keys.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what has to be read again but must not lie open in the store: AES-256-GCM under the newest key, written as
 * `KEY-ID.NONCE.SEALED`. `owner` is bound in: what is sealed for one row opens in no other.
 */
export function sealOf(keys: readonly Key[]) {
  return {
    close(plain: Buffer, owner: string): string {
      const [key] = keys;
      if (!key) throw new Error('There is no key to seal with.');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(owner),
      );
      const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return [key.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
    },
    /** What is in it; null when its key is not among these, it was changed, or it is another owner's. */
    open(text: string, owner: string): Buffer | null {
      const [id, nonce = '', body = ''] = text.split('.');
      const key = keys.find((one) => one.id === id);
      const sealed = Buffer.from(body, 'base64url');
      if (!key || sealed.length < TAG_BYTES) return null;
      try {
        const decipher = createDecipheriv(ALGORITHM, key.bytes, Buffer.from(nonce, 'base64url'), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(owner))
          .setAuthTag(sealed.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
      } catch {
        return null;
      }
    },
    /** Whether it was sealed by the newest key; otherwise it is to be sealed anew. */
    isFresh: (text: string): boolean => text.split('.')[0] === keys[0]?.id,
  };
}
