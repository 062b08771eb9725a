import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Batch, Db, Schema } from '../store/index.ts';
import type { IdentityClaims } from './identity-token.ts';
import { type VisitorRow, visitorById } from './store.ts';

/** What joining needs of rooms further up. */
export interface Joining {
  t: Schema;
  siteId: string;
  at: Date;
  /** Gives all conversations of a visitor to another one. */
  moveConversations(db: Db, batch: Batch, siteId: string, from: string, to: string): Promise<void>;
  /** Whether a conversation has a row and is open. */
  isOpen(db: Db, conversationId: string): Promise<boolean>;
}

/** The verified visitor of a `sub`. */
export async function visitorByExternalId(
  db: Db,
  t: Schema,
  siteId: string,
  sub: string,
): Promise<VisitorRow | undefined> {
  const [row] = await db
    .select()
    .from(t.visitors)
    .where(and(eq(t.visitors.siteId, siteId), eq(t.visitors.externalId, sub)));
  return row;
}

/** The visitor a device is, or has joined. Throws `unauthorised` where the device is gone. */
export async function visitorOfDevice(
  db: Db,
  t: Schema,
  siteId: string,
  deviceId: string,
): Promise<{ device: VisitorRow; own: VisitorRow | null }> {
  const device = await visitorById(db, t, siteId, deviceId);
  if (!device) throw new FrontdeskError('unauthorised');
  const own = device.joinedTo === null ? device : await visitorById(db, t, siteId, device.joinedTo);
  return { device, own };
}

/**
 * Makes a device the verified visitor's that a checked token names [ID1–ID5]. Nobody has it yet: the visitor becomes verified.
 * Somebody has: the device joins them, with the conversations and visits it had. `joined`: whose the device is was changed.
 */
export async function joinVerified(
  db: Db,
  batch: Batch,
  deps: Joining,
  deviceId: string,
  claims: IdentityClaims,
): Promise<{ visitor: VisitorRow; joined: boolean }> {
  const { t, siteId, at } = deps;
  const { device, own } = await visitorOfDevice(db, t, siteId, deviceId);
  if (own && own.externalId !== null && own.externalId !== claims.sub) throw new FrontdeskError('other-person');
  const known = await visitorByExternalId(db, t, siteId, claims.sub);
  await spendProof(db, deps, claims, device, known);
  const joined = own?.externalId !== claims.sub;
  let visitor = known ?? device;
  if (joined && known) visitor = await joinDevice(db, batch, deps, device, known);
  const said = {
    externalId: claims.sub,
    ...(claims.name != null && { name: claims.name }),
    ...(claims.email != null && { email: claims.email }),
    ...(claims.phone != null && { phone: claims.phone }),
    attributes: { ...visitor.attributes, ...claims.attributes },
    signed: [...new Set([...(visitor.signed ?? []), ...Object.keys(claims.attributes ?? {})])],
  };
  await db.update(t.visitors).set(said).where(eq(t.visitors.id, visitor.id));
  await db.delete(t.identityProofs).where(and(eq(t.identityProofs.siteId, siteId), lt(t.identityProofs.until, at)));
  return { visitor: { ...visitor, ...said }, joined };
}

const proofOf = ({ siteId }: Joining, { jti, expiresAt }: IdentityClaims, visitorId: string, deviceId: string) => ({
  ...{ siteId, jti, visitorId, deviceId, until: expiresAt },
});

/** A token is good for one visitor: shown again by them or by the same device it says nothing new, by another it is refused. */
async function spendProof(
  db: Db,
  deps: Joining,
  claims: IdentityClaims,
  device: VisitorRow,
  known: VisitorRow | undefined,
): Promise<void> {
  const { identityProofs: p } = deps.t;
  const [spent] = await db
    .select()
    .from(p)
    .where(and(eq(p.siteId, deps.siteId), eq(p.jti, claims.jti)));
  const visitorId = known?.id ?? device.id;
  const mine = device.id === visitorId || device.joinedTo === visitorId;
  if (spent ? spent.visitorId !== visitorId || (spent.deviceId !== device.id && !mine) : false)
    throw new FrontdeskError('bad-identity', 'The identity token is not accepted: another visitor has shown it (jti).');
  if (!spent) await db.insert(p).values(proofOf(deps, claims, visitorId, device.id));
}

/** The device's conversations, visits and reserved chat become the verified visitor's. */
async function joinDevice(
  db: Db,
  batch: Batch,
  deps: Joining,
  device: VisitorRow,
  known: VisitorRow,
): Promise<VisitorRow> {
  const { t, siteId, at } = deps;
  await deps.moveConversations(db, batch, siteId, device.id, known.id);
  await db
    .update(t.visits)
    .set({ visitorId: known.id, number: sql`${t.visits.number} + ${known.visitCount}` })
    .where(eq(t.visits.visitorId, device.id));
  // Files that were picked and not sent yet go with the message they wait for.
  await db
    .update(t.uploads)
    .set({ ownerId: known.id })
    .where(and(eq(t.uploads.siteId, siteId), eq(t.uploads.ownerId, device.id), isNull(t.uploads.conversationId)));
  // The two exchange their reserved chats unless one is going on already: what waits on the device lands in the present chat,
  // and no id that somebody may still write to is lost.
  const goesOn = await deps.isOpen(db, known.conversationId);
  const [current, spare] = goesOn
    ? [known.conversationId, device.conversationId]
    : [device.conversationId, known.conversationId];
  const change = {
    conversationId: current,
    visitId: device.visitId,
    visitCount: known.visitCount + device.visitCount,
    lastSeenAt: at,
    // Signing in is no way out of a bar.
    barredAt: known.barredAt ?? device.barredAt,
  };
  await db.update(t.visitors).set({ joinedTo: known.id, conversationId: spare }).where(eq(t.visitors.id, device.id));
  await db.update(t.visitors).set(change).where(eq(t.visitors.id, known.id));
  return { ...known, ...change };
}
