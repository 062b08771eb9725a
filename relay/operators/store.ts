import { randomUUIDv7 } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { FrontdeskError } from '../protocol/errors.ts';
import type { Operator, OperatorRole, PresenceStatus } from '../protocol/index.ts';
import { SITE_KEY } from '../sites/rules.ts';
import { type Db, isUniqueConflict, type Schema } from '../store/index.ts';
import { toEmail } from './rules.ts';

/** An operator's row. */
export type OperatorRow = Schema['operators']['$inferSelect'];
/** An operator with what they are at one site. */
export type Member = OperatorRow & { role: OperatorRole };

/** Makes an operator of a site. Throws `conflict` when somebody has, or had, the address. */
export async function createOperator(
  db: Db,
  t: Schema,
  entry: {
    siteId: string;
    role: OperatorRole;
    name: string;
    email: string;
    passwordHash: string;
    /** Whether the password is a first one, which is passed on to them: they have to choose one of their own. */
    isFirstPassword?: boolean;
    at: Date;
  },
): Promise<Member> {
  const row: OperatorRow = {
    id: randomUUIDv7(),
    email: toEmail(entry.email),
    name: entry.name,
    passwordHash: entry.passwordHash,
    passwordGivenAt: entry.isFirstPassword ? entry.at : null,
    status: 'online',
    createdAt: entry.at,
    deletedAt: null,
  };
  try {
    await db.insert(t.operators).values(row);
  } catch (error) {
    if (!isUniqueConflict(error)) throw error;
    throw new FrontdeskError('conflict', 'There is an operator with this e-mail address, or there was one.', {
      field: 'email',
    });
  }
  await addMember(db, t, entry.siteId, row.id, entry.role);
  return { ...row, role: entry.role };
}

/** Lets an operator work for a site. */
export async function addMember(
  db: Db,
  t: Schema,
  siteId: string,
  operatorId: string,
  role: OperatorRole,
): Promise<void> {
  await db.insert(t.members).values({ siteId, operatorId, role }).onConflictDoNothing();
}

/** An operator who may sign in; undefined for unknown and deleted ones. */
export async function operatorByEmail(db: Db, t: Schema, email: string): Promise<OperatorRow | undefined> {
  const [row] = await db
    .select()
    .from(t.operators)
    .where(and(eq(t.operators.email, toEmail(email)), isNull(t.operators.deletedAt)));
  return row;
}

export async function operatorById(db: Db, t: Schema, id: string): Promise<OperatorRow | undefined> {
  const [row] = await db.select().from(t.operators).where(eq(t.operators.id, id));
  return row;
}

const columns = (t: Schema) => ({ operator: t.operators, role: t.members.role });
const toMember = (row: { operator: OperatorRow; role: OperatorRole }): Member => ({ ...row.operator, role: row.role });

/** Everybody who works or worked for a site, the oldest first; deleted ones stay for the history. */
export async function membersOf(db: Db, t: Schema, siteId: string): Promise<Member[]> {
  const rows = await db
    .select(columns(t))
    .from(t.members)
    .innerJoin(t.operators, eq(t.operators.id, t.members.operatorId))
    .where(eq(t.members.siteId, siteId))
    .orderBy(asc(t.operators.createdAt), asc(t.operators.id));
  return rows.map(toMember);
}

/** One of the site's operators, deleted ones included. */
export async function memberOf(db: Db, t: Schema, siteId: string, operatorId: string): Promise<Member | undefined> {
  const [row] = await db
    .select(columns(t))
    .from(t.members)
    .innerJoin(t.operators, eq(t.operators.id, t.members.operatorId))
    .where(and(eq(t.members.siteId, siteId), eq(t.members.operatorId, operatorId)));
  return row && toMember(row);
}

/** A site that an operator works for. */
export interface Membership {
  id: string;
  key: string;
  name: string;
  role: OperatorRole;
}

const siteColumns = (t: Schema) => ({ id: t.sites.id, key: t.sites.key, name: t.sites.name, role: t.members.role });

/** The sites an operator works for, the oldest first. */
export async function sitesOf(db: Db, t: Schema, operatorId: string): Promise<Membership[]> {
  return db
    .select(siteColumns(t))
    .from(t.members)
    .innerJoin(t.sites, eq(t.sites.id, t.members.siteId))
    .where(eq(t.members.operatorId, operatorId))
    .orderBy(asc(t.sites.createdAt), asc(t.sites.id));
}

/** The site of this key, when the operator works for it. Unknown and foreign ones are the same: undefined. */
export async function siteOf(db: Db, t: Schema, operatorId: string, key: string): Promise<Membership | undefined> {
  if (!SITE_KEY.test(key)) return undefined;
  const [row] = await db
    .select(siteColumns(t))
    .from(t.members)
    .innerJoin(t.sites, eq(t.sites.id, t.members.siteId))
    .where(and(eq(t.members.operatorId, operatorId), eq(t.sites.key, key)));
  return row;
}

/** Changes an operator who is not deleted; undefined when there is none. */
export async function updateOperator(
  db: Db,
  t: Schema,
  id: string,
  change: Partial<Pick<OperatorRow, 'name' | 'passwordHash' | 'passwordGivenAt' | 'status' | 'deletedAt'>>,
): Promise<OperatorRow | undefined> {
  const [row] = await db
    .update(t.operators)
    .set(change)
    .where(and(eq(t.operators.id, id), isNull(t.operators.deletedAt)))
    .returning();
  return row;
}

/** As it travels; `status` is what presence knows, for a deleted one always offline. */
export function toOperator(member: Member, status: PresenceStatus): Operator {
  return {
    id: member.id,
    name: member.name,
    email: member.email,
    role: member.role,
    status: member.deletedAt === null ? status : 'offline',
    createdAt: member.createdAt.toISOString(),
    deletedAt: member.deletedAt?.toISOString() ?? null,
  };
}
