import { randomUUIDv7 } from 'node:crypto';
import type { Metadata } from '../protocol/entities.ts';
import { openStore, type Persistence } from '../store/index.ts';

type Rows<K extends 'visitors' | 'visits' | 'conversations' | 'events'> = Persistence['t'][K]['$inferSelect'];

const EACH = 10;
const DAY_MS = 86_400_000;
const LINES = [
  'Здравствуйте! Подскажите, пожалуйста, когда привезут заказ?',
  'Good afternoon, we have found your order and are checking with the courier.',
  'Спасибо, жду. Можно ли поменять адрес доставки?',
  'Yes, the address can be changed until the parcel leaves the warehouse.',
];
const METADATA: Metadata = {
  ...{ ip: '203.0.113.7', country: 'RU', city: 'Москва', browser: 'Chrome', os: 'Windows', device: null },
  ...{ userAgent: 'Mozilla/5.0', pageUrl: 'https://shop.example/', pageTitle: 'Shop', referrer: '', utm: {} },
  ...{ landingUrl: 'https://shop.example/', language: 'ru', timeZone: 'Europe/Moscow', screen: '1920×1080' },
};

/** Fills a site with finished and open conversations of ten messages each, spread over the last days, a fifth of them open. */
export async function seedStore(
  dataDir: string,
  siteId: string,
  operatorId: string,
  conversations: number,
): Promise<string[]> {
  const store = await openStore({ dataDir });
  const { t } = store;
  const begun = Date.now() - 30 * DAY_MS;
  const ids: string[] = [];
  for (let from = 0; from < conversations; from += 1_000) {
    const visitors: Rows<'visitors'>[] = [];
    const visits: Rows<'visits'>[] = [];
    const heads: Rows<'conversations'>[] = [];
    const events: Rows<'events'>[] = [];
    for (let n = from; n < Math.min(conversations, from + 1_000); n++) {
      const at = new Date(begun + (n / conversations) * 30 * DAY_MS);
      const [id, visitorId, visitId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
      const open = n % 5 === 0;
      ids.push(id);
      visitors.push({
        ...{ id: visitorId, siteId, number: n + 1_000_000, tokenHash: `seeded ${n}`, tokenSince: at },
        ...{ name: `Visitor ${n}`, email: `visitor${n}@example.com`, phone: null, conversationId: id, visitId },
        ...{
          visitCount: 1,
          attributes: {},
          barredAt: null,
          ...{ externalId: null, signed: null, joinedTo: null },
          firstSeenAt: at,
          lastSeenAt: at,
          locale: 'en',
        },
      });
      visits.push({
        ...{ id: visitId, siteId, visitorId, number: 1, startedAt: at, lastSeenAt: at },
        ...{ metadata: METADATA, pageCount: 1 },
      });
      heads.push({
        ...{ id, siteId, visitorId, channel: 'chat', status: open ? 'open' : 'closed', metadata: METADATA },
        ...{ assigneeId: n % 10 === 0 ? null : operatorId, subject: null, reference: null },
        ...{ staffSeq: EACH, visitorSeq: EACH, visitorDelivered: EACH, visitorRead: EACH },
        ...{ staffDelivered: EACH, staffRead: EACH, unread: 0, waitingSince: null, lastEventAt: at },
        lastLine: { author: 'operator', name: 'Olga', text: LINES[3] ?? '' },
        ...{
          createdAt: at,
          ...{ ratingScore: null, ratingComment: null, ratedAt: null, endedAt: null, closesAt: null },
          closedAt: open ? null : at,
        },
      });
      for (let seq = 1; seq <= EACH; seq++) {
        const byVisitor = seq % 2 === 1;
        events.push({
          ...{ conversationId: id, seq, visitorSeq: seq, siteId, type: 'message' },
          ...{ authorKind: byVisitor ? 'visitor' : 'operator', authorId: byVisitor ? visitorId : operatorId },
          ...{ authorName: byVisitor ? '' : 'Olga', senderId: byVisitor ? visitorId : operatorId },
          ...{ commandId: randomUUIDv7(), part: 0, bodyHash: 'seeded', body: { text: LINES[seq % 4] ?? '' }, at },
        });
      }
    }
    await store.tx(async (db) => {
      await store.insertRows(db, t.visitors, visitors);
      await store.insertRows(db, t.visits, visits);
      await store.insertRows(db, t.conversations, heads);
      await store.insertRows(db, t.events, events);
    });
  }
  await store.close();
  return ids;
}
