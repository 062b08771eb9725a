import { and, desc, eq, sql } from 'drizzle-orm';
import type { Ack, Reject } from '../protocol/frames.ts';
import { type Batch, type Db, type Persistence, prepared } from '../store/index.ts';
import type { Sender } from './inbox.ts';
import { createRecent } from './recent.ts';

type CommandRow = Persistence['t']['commands']['$inferSelect'];

/** A verdict as it is remembered: an event's, or the row of a command that wrote none. */
export type Kept = Omit<CommandRow, 'n' | 'senderId' | 'siteId'>;
/** A verdict of the batch itself, noted under the command's id. */
type Fresh = Pick<CommandRow, 'senderId' | 'siteId'> & { kept: Kept };

/** The final verdicts of senders' commands: the last event of a command, or a row of its own where it wrote none. */
export interface Verdicts {
  /** Whether any command of this sender has a verdict without an event; few ever have. */
  hasRows(db: Db, batch: Batch, sender: Sender): Promise<boolean>;
  /** The verdict this sender's command had, in this batch or any time before. */
  find(db: Db, batch: Batch, sender: Sender, commandId: string): Promise<Kept | undefined>;
  /** Remembers a verdict: in the batch alone when an event tells it, else as a row of its own. */
  keep(batch: Batch, sender: Sender, n: number, kept: Kept, logged: boolean): void;
}

const value = sql.placeholder;
const findCommand = prepared('find-command', (db, { commands: c }) =>
  db
    .select()
    .from(c)
    .where(and(eq(c.siteId, value('siteId')), eq(c.senderId, value('senderId')), eq(c.commandId, value('commandId')))),
);
const findAny = prepared('find-any-command', (db, { commands: c }) =>
  db
    .select({ n: c.n })
    .from(c)
    .where(and(eq(c.siteId, value('siteId')), eq(c.senderId, value('senderId'))))
    .limit(1),
);
const findEvent = prepared('find-event', (db, { events: e }) =>
  db
    .select()
    .from(e)
    .where(and(eq(e.siteId, value('siteId')), eq(e.senderId, value('senderId')), eq(e.commandId, value('commandId'))))
    .orderBy(desc(e.part))
    .limit(1),
);

/** Senders of whom it is known whether they have rows, where that may be kept in memory. */
const SENDERS_KEPT = 20_000;
const rowsKey = ({ siteId, id }: Sender) => `rows:${siteId}:${id}`;

export function createVerdicts(store: Persistence): Verdicts {
  const { t } = store;
  const recent = createRecent<boolean>(store.exclusive, SENDERS_KEPT);
  return {
    async hasRows(db, batch, sender) {
      const key = rowsKey(sender);
      const noted = batch.get<boolean>(key) ?? recent.get(key);
      if (noted !== undefined) return noted;
      const found = await findAny(db, t).execute({ siteId: sender.siteId, senderId: sender.id });
      batch.set(key, found.length > 0);
      recent.set(batch, key, found.length > 0);
      return found.length > 0;
    },

    async find(db, batch, sender, commandId) {
      const fresh = batch.get<Fresh>(commandId);
      if (fresh?.senderId === sender.id && fresh.siteId === sender.siteId) return fresh.kept;
      const where = { siteId: sender.siteId, senderId: sender.id, commandId };
      const [event] = await findEvent(db, t).execute(where);
      if (event) {
        const reference = 'reference' in event.body ? event.body.reference : null;
        return { ...event, error: null, reference };
      }
      const [row] = await findCommand(db, t).execute(where);
      return row;
    },
    keep(batch, sender, n, kept, logged) {
      batch.set<Fresh>(kept.commandId, { siteId: sender.siteId, senderId: sender.id, kept });
      if (logged) return;
      batch.set(rowsKey(sender), true);
      batch.finish(`verdict:${sender.siteId}:${sender.id}:${kept.commandId}`, async (db) => {
        recent.set(batch, rowsKey(sender), true);
        await db.insert(t.commands).values({ ...kept, n, siteId: sender.siteId, senderId: sender.id });
      });
    },
  };
}

/** What a sender is told of a verdict. */
export function verdictOf(kept: Kept, n: number, kind: Sender['kind']): Ack | Reject {
  if (kept.error) return { type: 'reject', id: kept.commandId, n, ...kept.error };
  const seq = kind === 'visitor' ? kept.visitorSeq : kept.seq;
  return {
    type: 'ack',
    id: kept.commandId,
    n,
    conversation: kept.conversationId ?? '',
    seq: seq ?? 0,
    at: kept.at.toISOString(),
    ...(kept.reference !== null && { reference: kept.reference }),
  };
}
