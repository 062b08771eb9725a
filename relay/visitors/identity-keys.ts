import { createPublicKey, createSecretKey, type KeyObject, randomBytes, randomUUIDv7 } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Seal } from '../operators/deps.ts';
import type { IdentityAlgorithm } from '../protocol/entities.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Db, Schema } from '../store/index.ts';
import type { IdentityKey } from './identity-token.ts';

type KeyRow = Schema['identityKeys']['$inferSelect'];

/** As long as the tag of SHA-256. */
const SECRET_BYTES = 32;
/** Keys in force at once: enough to change one for another, few enough to know them. */
const MOST = 5;
const ownerOf = ({ siteId, kid }: Pick<KeyRow, 'siteId' | 'kid'>) => `identity:${siteId}:${kid}`;
const makeKid = () => randomBytes(6).toString('hex');

/** What a public key is good for; throws `bad-field` for what is none or not of the two kinds. */
export function readPublicKey(pem: string): { key: KeyObject; algorithm: IdentityAlgorithm; pem: string } {
  const no = () =>
    new FrontdeskError('bad-field', 'A public key is PEM, of the curve P-256 or Ed25519.', { field: 'publicKey' });
  // A private key would be read as its public half, and a stranger's secret would have been sent here for nothing.
  if (!/^-----BEGIN PUBLIC KEY-----\s/.test(pem.trim())) throw no();
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw no();
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  const algorithm =
    type === 'ed25519' ? 'EdDSA' : type === 'ec' && details?.namedCurve === 'prime256v1' ? 'ES256' : null;
  if (!algorithm) throw no();
  return { key, algorithm, pem: `${key.export({ type: 'spki', format: 'pem' })}` };
}

/** A site's identity keys, the newest first, retired ones too. */
export const listIdentityKeys = (db: Db, t: Schema, siteId: string): Promise<KeyRow[]> =>
  db
    .select()
    .from(t.identityKeys)
    .where(eq(t.identityKeys.siteId, siteId))
    .orderBy(desc(t.identityKeys.createdAt), desc(t.identityKeys.id));

/** Adds a key: a secret made here, told this once, or a public one of the site's. Throws `conflict` when there are too many. */
export async function addIdentityKey(
  db: Db,
  { t, seal, siteId, at }: { t: Schema; seal: Seal; siteId: string; at: Date },
  publicKey: string | undefined,
): Promise<{ row: KeyRow; secret?: string }> {
  const inForce = (await listIdentityKeys(db, t, siteId)).filter(({ retiredAt }) => !retiredAt);
  if (inForce.length >= MOST)
    throw new FrontdeskError('conflict', `There are ${MOST} keys in force; retire one before adding another.`);
  const common = { id: randomUUIDv7(), siteId, kid: makeKid(), createdAt: at, retiredAt: null };
  if (publicKey !== undefined) {
    const { pem, algorithm } = readPublicKey(publicKey);
    const row: KeyRow = { ...common, algorithm, material: pem };
    await db.insert(t.identityKeys).values(row);
    return { row };
  }
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const row: KeyRow = { ...common, algorithm: 'HS256', material: seal.close(Buffer.from(secret), ownerOf(common)) };
  await db.insert(t.identityKeys).values(row);
  return { row, secret };
}

/** Believes nothing signed with this key from now on; false when there is no such key in force. */
export async function retireIdentityKey(db: Db, t: Schema, siteId: string, id: string, at: Date): Promise<boolean> {
  const k = t.identityKeys;
  const rows = await db
    .update(k)
    .set({ retiredAt: at })
    .where(and(eq(k.siteId, siteId), eq(k.id, id), isNull(k.retiredAt)))
    .returning({ id: k.id });
  return rows.length > 0;
}

/** The keys of a site that are in force, ready to verify with. One whose seal cannot be opened any more is none. */
export async function identityKeysOf(db: Db, t: Schema, seal: Seal, siteId: string): Promise<IdentityKey[]> {
  const k = t.identityKeys;
  const rows = await db
    .select()
    .from(k)
    .where(and(eq(k.siteId, siteId), isNull(k.retiredAt)));
  return rows.flatMap((row): IdentityKey[] => {
    const { kid, algorithm, material } = row;
    if (algorithm !== 'HS256') return [{ kid, algorithm, key: createPublicKey(material) }];
    const secret = seal.open(material, ownerOf(row));
    return secret ? [{ kid, algorithm, key: createSecretKey(secret) }] : [];
  });
}
