import { randomUUIDv7 } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Author, Person } from '../protocol/entities.ts';
import type { ConversationsDeps } from './deps.ts';

/** What the product does by itself is signed by nobody. */
const relay: Author = { kind: 'relay', id: null, name: '' };

/** Puts the open conversations of an operator who is gone for good back to the queue, whatever their age. */
export async function releaseConversations(deps: ConversationsDeps, siteId: string, from: Person): Promise<void> {
  const { store, queue, clock, announcer, heads } = deps;
  const { t } = store;
  const held = and(
    eq(t.conversations.siteId, siteId),
    eq(t.conversations.status, 'open'),
    eq(t.conversations.assigneeId, from.id),
  );
  const rows = await store.read.select({ id: t.conversations.id }).from(t.conversations).where(held);
  await Promise.all(
    rows.map(({ id }) =>
      queue.submit({
        key: id,
        readsOnly: true,
        async run(db, batch) {
          const now = await heads.of(db, batch, siteId, id);
          if (now?.assigneeId !== from.id) return;
          const { conversation, event } = heads.append(
            batch,
            id,
            {
              type: 'assignment',
              author: relay,
              body: { to: null, from },
              audience: 'staff',
              change: { assigneeId: null },
            },
            { at: new Date(clock.now()), command: { id: randomUUIDv7(), senderId: 'relay', bodyHash: '' } },
          );
          announcer.announce(batch, { conversation, events: [event], headChanged: true });
        },
      }),
    ),
  );
}
