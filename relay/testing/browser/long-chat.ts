import { randomUUIDv7 } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { AttachedFile } from '../../protocol/log-event.ts';
import { openStore } from '../../store/index.ts';
import type { RelayProcess } from './relay-process.ts';

const MINUTE_MS = 60_000;
const LINES = [
  'Good afternoon, when will the parcel be here?',
  'It is with the courier, https://tracking.example/QL-20418 shows where. The driver calls an hour before, and leaves it with a neighbour where you like.',
  'Спасибо, жду. Можно ли поменять адрес доставки?',
  'Да, пока посылка на складе.',
];

/**
 * Puts messages behind what the conversation written to last holds already, until it has so many, a minute and a half
 * apart; the relay is down meanwhile. `files` says what is attached to a message, by its number.
 */
export async function fillChat(
  relay: RelayProcess,
  messages: number,
  files: (seq: number) => AttachedFile[] | undefined = () => undefined,
): Promise<string> {
  await relay.kill();
  const store = await openStore({ dataDir: relay.dataDir });
  const { t, read } = store;
  const [chat] = await read.select().from(t.conversations).orderBy(desc(t.conversations.lastEventAt)).limit(1);
  const [operator] = await read.select().from(t.operators);
  if (!chat || !operator) throw new Error('There is no conversation to fill.');
  const { id, siteId, visitorId, staffSeq, visitorSeq } = chat;
  const now = Date.now();
  const rows: (typeof t.events.$inferSelect)[] = [];
  for (let n = 1; visitorSeq + n <= messages; n++) {
    const mine = n % 3 !== 0;
    const attached = files(visitorSeq + n);
    rows.push({
      ...{ conversationId: id, seq: staffSeq + n, visitorSeq: visitorSeq + n, siteId, type: 'message' },
      ...{ authorKind: mine ? 'visitor' : 'operator', authorId: mine ? visitorId : operator.id },
      ...{ authorName: mine ? '' : operator.name, senderId: mine ? visitorId : operator.id },
      ...{ commandId: randomUUIDv7(), part: 0, bodyHash: 'filled' },
      body: { text: `${visitorSeq + n}. ${LINES[n % 4]}`, ...(attached && { files: attached }) },
      at: new Date(now - (messages - visitorSeq - n) * 1.5 * MINUTE_MS),
    });
  }
  const seqs = { staffSeq: staffSeq + rows.length, visitorSeq: visitorSeq + rows.length };
  const marks = { visitorDelivered: seqs.visitorSeq, visitorRead: seqs.visitorSeq, unread: 0 };
  const read_ = { staffDelivered: seqs.visitorSeq, staffRead: seqs.visitorSeq, waitingSince: null };
  await store.tx(async (db) => {
    for (let from = 0; from < rows.length; from += 1_000)
      await store.insertRows(db, t.events, rows.slice(from, from + 1_000));
    await db
      .update(t.conversations)
      .set({ ...seqs, ...marks, ...read_, lastEventAt: new Date(now) })
      .where(eq(t.conversations.id, id));
  });
  await store.close();
  await relay.start();
  return id;
}
