import { eq, lt } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Batch, Db } from '../store/index.ts';
import type { VisitorIdentity } from '../visitors/identity.ts';
import type { ConversationsDeps } from './deps.ts';
import { type FormSigns, isSuspicious, makeChallenge, type Proof, readProof } from './proof-rules.ts';

/**
 * Lets a form pass that looks like a person's, or that comes with a proof nobody has used; refuses it with a puzzle
 * otherwise. A proof is spent with the form it came with, at the end of the batch.
 */
export async function askProof(
  deps: Pick<ConversationsDeps, 'store' | 'proofKeys' | 'lazy'>,
  identity: Pick<VisitorIdentity, 'siteId' | 'deviceId' | 'now'>,
  signs: FormSigns & { proof?: Proof | undefined },
  db: Db,
  batch: Batch,
): Promise<void> {
  if (!isSuspicious(signs)) return;
  const { spentProofs } = deps.store.t;
  const now = identity.now();
  const about = { siteId: identity.siteId, deviceId: identity.deviceId, now };
  const proof = signs.proof && readProof(deps.proofKeys, about, signs.proof);
  const key = `proof:${proof?.id}`;
  const spent =
    proof &&
    (batch.get<boolean>(key) === true ||
      (await db.select({ id: spentProofs.id }).from(spentProofs).where(eq(spentProofs.id, proof.id))).length > 0);
  const [newest] = deps.proofKeys;
  if (!proof || spent)
    throw new FrontdeskError('prove-first', undefined, newest ? { challenge: makeChallenge(newest, about) } : {});
  batch.set(key, true);
  batch.finish(key, async (inner) => {
    await inner.insert(spentProofs).values({ id: proof.id, until: new Date(proof.until) });
  });
  deps.lazy.put('spent-proofs', async (inner) => {
    await inner.delete(spentProofs).where(lt(spentProofs.until, new Date(now)));
  });
}
