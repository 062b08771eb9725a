import { z } from 'zod';
import { OWED, type Owed } from '../protocol/errors.ts';
import { operatorRole } from '../protocol/index.ts';
import type { Membership } from './store.ts';

/** Who is signed in, and where they work. */
export const meReply = z.object({
  operator: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  sites: z.array(z.object({ key: z.string(), name: z.string(), role: operatorRole })),
  /** What has to be done before anything else works. */
  owes: z.enum(OWED).nullable(),
});
export type Me = z.infer<typeof meReply>;

export function toMe(
  operator: { id: string; name: string; email: string },
  sites: readonly Membership[],
  owes: Owed | null,
): Me {
  return {
    operator: { id: operator.id, name: operator.name, email: operator.email },
    sites: sites.map(({ key, name, role }) => ({ key, name, role })),
    owes,
  };
}

/** An operator's name, as it is shown to visitors. */
export const operatorName = z.string().trim().min(1).max(100);
