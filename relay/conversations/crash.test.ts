import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryOutbox } from '../client/memory-outbox.ts';
import type { Verdict } from '../client/outbox.ts';
import type { VisitorCommand } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { openStore, type Persistence } from '../store/index.ts';
import { type RelayProcess, startRelayProcess } from '../testing/browser/relay-process.ts';
import { buildForTests } from '../testing/built.ts';
import { openOperator, openVisitor, type TestOperator, type TestVisitor, until } from '../testing/clients.ts';
import { freshDatabase } from '../testing/postgres.ts';
import { seeded } from '../testing/seeded.ts';
import { conversationRow, eventPage } from './store.ts';

const VISITORS = 6;
const SITE = { key: 'demo' };
const drops: (() => Promise<void>)[] = [];

beforeAll(buildForTests, 120_000);
afterAll(async () => {
  for (const drop of drops) await drop();
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const textsOf = (events: readonly LogEvent[]) =>
  events.flatMap((event) => (event.type === 'message' ? [event.text] : []));

/** What a sender asked for, in its order, and what the relay said to it. */
interface Sent {
  id: string;
  chat: string;
  text: string;
}
class Sender {
  readonly sent: Sent[] = [];
  readonly verdicts = new Map<string, Verdict[]>();
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  hear(session: TestVisitor['session'] | TestOperator['session']) {
    (session as TestVisitor['session']).on('verdict', ({ command, verdict }) => {
      this.verdicts.set(command.id, [...(this.verdicts.get(command.id) ?? []), verdict]);
    });
  }
  async say(session: TestVisitor['session'] | TestOperator['session'], chat: string) {
    const text = `${this.name} ${this.sent.length}`;
    const entry: Sent = { id: '', chat, text };
    this.sent.push(entry);
    const { id } = await (session as TestVisitor['session']).command({
      type: 'message:send',
      conversation: chat,
      text,
    });
    entry.id = id;
  }
}

/** Kills the shipped relay again and again under clients that go on writing, then compares everybody with the store. */
async function crashes(options: { kills: number; seed: number; databaseUrl?: string }) {
  const { kills, seed, databaseUrl } = options;
  const random = seeded(seed);
  const relay: RelayProcess = await startRelayProcess(databaseUrl ? { DATABASE_URL: databaseUrl } : {});
  const target = { url: relay.url, site: SITE };
  const sessions = new Set<{ destroy(): void }>();
  let store: Persistence | undefined;
  try {
    const stores = Array.from({ length: VISITORS }, () => memoryOutbox<VisitorCommand>());
    const visitors = await Promise.all(stores.map((outbox) => openVisitor(target, { store: outbox })));
    const operator = await openOperator(target, relay.owner);
    const voices = visitors.map((_, i) => new Sender(`visitor ${i}`));
    const staff = new Sender('operator');
    staff.hear(operator.session);
    sessions.add(operator.session);
    const chats = visitors.map(({ chat }) => chat);
    for (const chat of chats) operator.session.follow(chat, 0);
    operator.session.sign({ type: 'follow', conversations: chats.map((conversation) => ({ conversation, seq: 0 })) });
    visitors.forEach(({ session, chat }, i) => {
      session.follow(chat, 0);
      voices[i]?.hear(session);
      sessions.add(session);
    });

    let writing = true;
    const pause = () => sleep(20 + random() * 40);
    const loops = [
      ...voices.map(async (voice, i) => {
        for (; writing; await pause()) {
          const visitor = visitors[i];
          if (visitor) await voice.say(visitor.session, visitor.chat);
        }
      }),
      (async () => {
        for (; writing; await pause())
          await staff.say(operator.session, chats[Math.floor(random() * chats.length)] ?? '');
      })(),
    ];

    for (let kill = 0; kill < kills; kill++) {
      await sleep(50 + random() * 650);
      await relay.kill();
      await relay.start();
      // The page of one visitor dies along; its outbox is found again by the next page.
      const i = kill % VISITORS;
      const [dead, outbox] = [visitors[i], stores[i]];
      if (dead && outbox && kill % 2 === 0) {
        dead.session.destroy();
        sessions.delete(dead.session);
        const again = await openVisitor(target, { store: outbox, token: dead.token, follows: true });
        voices[i]?.hear(again.session);
        sessions.add(again.session);
        visitors[i] = again;
      }
      for (const { session } of [...visitors, operator]) session.wake();
    }
    writing = false;
    await Promise.all(loops);
    const everybody = [...visitors, operator];
    for (const { session } of everybody) session.wake();
    await until(() => everybody.every(({ session }) => session.outbox.pending.length === 0), 'all verdicts', 30_000);
    const heads = new Map<string, { staff: number; visitor: number }>();
    for (const chat of chats) {
      const { events, top } = await operator.get<{ events: LogEvent[]; top: number }>(
        `/conversations/${chat}/events?limit=200&before=1000000`,
      );
      heads.set(chat, { staff: top, visitor: Math.max(...events.map(({ visitorSeq }) => visitorSeq ?? 0)) });
    }
    await until(
      () =>
        visitors.every(({ session, chat }) => session.log(chat)?.top === heads.get(chat)?.visitor) &&
        chats.every((chat) => operator.session.log(chat)?.top === heads.get(chat)?.staff),
      'everybody shows everything',
      15_000,
    );
    for (const session of sessions) session.destroy();
    await relay.kill();

    store = await openStore({ databaseUrl, dataDir: relay.dataDir });
    const { read, t } = store;
    const [site] = await read.select({ id: t.sites.id }).from(t.sites);
    const acked = new Set((await read.select().from(t.events)).map(({ commandId }) => commandId));
    expect(acked.size).toBe([...voices, staff].reduce((sum, { sent }) => sum + sent.length, 0));
    expect(await read.select().from(t.commands), 'nothing was refused').toEqual([]);

    for (const [i, visitor] of visitors.entries()) {
      const { chat } = visitor;
      const rows = await eventPage(read, t, { conversationId: chat, audience: 'staff', limit: 100_000 });
      const row = await conversationRow(read, t, site?.id ?? '', chat);
      // Both audiences count from 1 without gaps, and the conversation's row says how far [SQ1].
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
      const seen = rows.filter(({ visitorSeq }) => visitorSeq !== null);
      expect(seen.map(({ visitorSeq }) => visitorSeq)).toEqual(seen.map((_, index) => index + 1));
      expect(row).toMatchObject({ staffSeq: rows.length, visitorSeq: seen.length });

      const messages = rows.filter(({ type }) => type === 'message');
      for (const [sender, kind] of [
        [voices[i], 'visitor'],
        [staff, 'operator'],
      ] as const) {
        const sent = sender?.sent.filter((entry) => entry.chat === chat) ?? [];
        const stored = messages.filter(({ authorKind }) => authorKind === kind);
        // Each once, in the sender's order [CM1] [CM3].
        expect(stored.map(({ commandId, body }) => [commandId, (body as { text: string }).text])).toEqual(
          sent.map(({ id, text }) => [id, text]),
        );
        for (const event of stored) {
          const said = sender?.verdicts.get(event.commandId) ?? [];
          expect(said).toMatchObject([
            { type: 'ack', conversation: chat, seq: kind === 'visitor' ? event.visitorSeq : event.seq },
          ]);
        }
      }
      const words = messages.map(({ body }) => (body as { text: string }).text);
      expect(textsOf(visitor.session.log(chat)?.events ?? [])).toEqual(words);
      expect(visitor.session.log(chat)?.events.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
      expect(textsOf(operator.session.log(chat)?.events ?? [])).toEqual(words);
      expect(operator.session.log(chat)?.events.map(({ id }) => id)).toEqual(rows.map(({ commandId }) => commandId));
    }
    return acked.size;
  } finally {
    for (const session of sessions) session.destroy();
    await store?.close();
    await relay.remove();
  }
}

test('[CM1] [CM3] [SQ1] [RS1] a relay killed twelve times over SQLite loses nothing and doubles nothing', async () => {
  expect(await crashes({ kills: 12, seed: 20_260_901 })).toBeGreaterThan(500);
}, 90_000);

test('[CM1] [CM3] [SQ1] [RS1] a relay killed four times over Postgres loses nothing and doubles nothing', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  expect(await crashes({ kills: 4, seed: 7, databaseUrl: url })).toBeGreaterThan(100);
}, 60_000);
