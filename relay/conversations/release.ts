import { randomUUIDv7 } from 'node:crypto';
import { and, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Author } from '../protocol/entities.ts';
import type { ConversationsDeps } from './deps.ts';

/** What the product does by itself is signed by nobody. */
const relay: Author = { kind: 'relay', id: null, name: '' };

/** Puts the open conversations of an operator who is gone for good back to the queue, whatever their age. */
export async function releaseConversations(
  deps: ConversationsDeps,
  siteId: string,
  from: { id: string },
): Promise<void> {
  const held = await heldBy(deps, siteId, from.id);
  await Promise.all(held.map(({ id }) => giveBack(deps, siteId, id, from.id, false)));
}

/**
 * Puts back to the queue the chats that an operator who is gone was in the middle of: those whose visitor is on the site
 * now and would wait for nobody. What else they hold stays theirs.
 */
export async function releaseLeft(
  deps: ConversationsDeps,
  siteId: string,
  operatorId: string,
  isHere: (visitorId: string) => boolean,
): Promise<void> {
  const held = await heldBy(deps, siteId, operatorId, eq(deps.store.t.conversations.channel, 'chat'));
  const talking = held.filter(({ visitorId }) => isHere(visitorId));
  await Promise.all(talking.map(({ id }) => giveBack(deps, siteId, id, operatorId, true)));
}

/** Who holds anything open, on every site. */
export async function holders({ store }: Pick<ConversationsDeps, 'store'>): Promise<{ siteId: string; id: string }[]> {
  const { conversations: c, sites } = store.t;
  // Site by site and of every channel: so the index alone answers, and what is closed is not read.
  const every = inArray(c.siteId, store.read.select({ id: sites.id }).from(sites));
  const rows = await store.read
    .selectDistinct({ siteId: c.siteId, id: c.assigneeId })
    .from(c)
    .where(and(every, eq(c.status, 'open'), isNotNull(c.assigneeId)));
  return rows.flatMap(({ siteId, id }) => (id === null ? [] : [{ siteId, id }]));
}

function heldBy({ store }: ConversationsDeps, siteId: string, operatorId: string, more?: SQL) {
  const { conversations: c } = store.t;
  return store.read
    .select({ id: c.id, visitorId: c.visitorId })
    .from(c)
    .where(and(eq(c.siteId, siteId), eq(c.status, 'open'), eq(c.assigneeId, operatorId), more));
}

/** `waits`: somebody looks at the chat, so that it is their wait that begins. */
function giveBack(
  { store, queue, clock, announcer, heads }: ConversationsDeps,
  siteId: string,
  id: string,
  operatorId: string,
  waits: boolean,
): Promise<void> {
  const { t } = store;
  return queue.submit({
    key: id,
    readsOnly: true,
    async run(db, batch) {
      const now = await heads.of(db, batch, siteId, id);
      if (now?.assigneeId !== operatorId || now.status !== 'open') return;
      const [row] = await db.select({ name: t.operators.name }).from(t.operators).where(eq(t.operators.id, operatorId));
      const at = new Date(clock.now());
      const { conversation, event } = heads.append(
        batch,
        id,
        {
          type: 'assignment',
          author: relay,
          body: { to: null, from: { id: operatorId, name: row?.name ?? '' } },
          audience: 'staff',
          change: { assigneeId: null, ...(waits && { waitingSince: now.waitingSince ?? at }) },
        },
        { at, command: { id: randomUUIDv7(), senderId: 'relay', bodyHash: '' } },
      );
      announcer.announce(batch, { conversation, events: [event], headChanged: true });
    },
  });
}
