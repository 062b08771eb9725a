import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Persistence } from './persistence.ts';

/**
 * The name of this history of the store. It changes when a backup is restored; then what clients remember of numbers
 * no longer holds and they load anew.
 */
export async function epochOf(store: Persistence): Promise<string> {
  const { meta } = store.t;
  return store.tx(async (db) => {
    await db.insert(meta).values({ key: 'epoch', value: randomUUID() }).onConflictDoNothing();
    const [row] = await db.select().from(meta).where(eq(meta.key, 'epoch'));
    return row?.value ?? '';
  });
}
