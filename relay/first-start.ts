import { randomBytes } from 'node:crypto';
import { ConfigError } from './config.ts';
import { checkPassword, hashPassword } from './operators/passwords.ts';
import { addMember, createOperator } from './operators/store.ts';
import { listSites } from './sites/store.ts';
import type { Clock, Persistence } from './store/index.ts';

/** The owner's sign-in, when this start made it. */
export interface FirstOwner {
  email: string;
  /** Only where it was not given by the settings: shown once. */
  password: string | null;
}

/** Letters that nobody misreads; 4 × 4 of them are 79 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be typed once from a screen. */
export function makePassword(): string {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** `olga@shop.example` is called Olga until she says otherwise. */
export function nameOf(email: string): string {
  const [name = email] = email.split('@');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What is said of a password that is passed on. */
export const FIRST_PASSWORD_NOTE = 'for the first sign-in, within 7 days: it asks for a password of one’s own';

/** Makes the owner when nobody can sign in yet; null when somebody can. The owner gets every site there is. */
export async function ensureOwner(
  store: Persistence,
  clock: Clock,
  given: { email: string | undefined; password: string | undefined },
): Promise<FirstOwner | null> {
  const { read, t } = store;
  const [anybody] = await read.select({ id: t.operators.id }).from(t.operators).limit(1);
  if (anybody) return null;
  const sites = await listSites(read, t);
  const [first, ...others] = sites;
  if (!first) return null;
  const email = given.email ?? 'owner@localhost';
  if (given.password !== undefined)
    await checkPassword(given.password, [email]).catch(({ message }: Error) => {
      throw new ConfigError(`OWNER_PASSWORD: ${message}`);
    });
  const password = given.password ?? makePassword();
  const passwordHash = await hashPassword(password);
  await store.tx(async (db) => {
    const owner = await createOperator(db, t, {
      ...{ siteId: first.id, role: 'owner' as const, email, passwordHash },
      // One of OWNER_PASSWORD was chosen by whoever wrote the setting.
      isFirstPassword: given.password === undefined,
      name: nameOf(email),
      at: new Date(clock.now()),
    });
    for (const site of others) await addMember(db, t, site.id, owner.id, 'owner');
  });
  return { email, password: given.password === undefined ? password : null };
}
