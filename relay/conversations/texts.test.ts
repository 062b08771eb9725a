import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import type { VisitorCard } from '../protocol/entities.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { askSession, openOperator, type TestOperator } from '../testing/clients.ts';
import { freshDatabase } from '../testing/postgres.ts';
import { greetVisitor } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { expectWholeStore } from '../testing/whole-store.ts';

/** What people and programs have typed into forms to see them break. */
const STRINGS: Record<string, string> = {
  'right to left': 'שלום, \u202eabc\u202c مرحبا',
  'characters of no width': 'a\u200bb\u200cc\u200dd\u2060e\ufefff',
  'joined emoji': '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇷🇺',
  'a letter under a hundred accents': `Z${'\u0310\u0311\u0327'.repeat(100)}`,
  'the longest text of letters outside the first plane': '𝕏'.repeat(LIMITS.messageChars / 2),
  'both forms of one letter': 'é e\u0301 ﬁ ẞ İ ı',
  SQL: `'); DROP TABLE events; -- " \\' $1 ? :x %s`,
  HTML: '<img src=x onerror=alert(1)>&lt;b&gt;</script><!-- ]]>',
  templates: `{{7*7}} \${7*7} <%= 7 %> #{7}`,
  'JSON inside': '{"type":"message:send","__proto__":{"a":1}}',
  'ends of lines': 'a\r\nb\rc\u2028d\u2029e\u0085f\vg\fh',
  'control characters': 'a\u0001b\u0007c\u001bd\u007fe',
  'last of the plane': '\ufffd\ufffe\uffff\u{10ffff}',
  numbers: '-0 1e400 NaN Infinity 0x10 ½ ٣',
  'words of programs': 'null undefined true __proto__ constructor',
};
/** What Postgres cannot keep, and how it comes back on both engines. */
const UNSTORABLE: Record<string, [sent: string, kept: string]> = {
  'a NUL': ['before\u0000after', 'before\ufffdafter'],
  'a lone high surrogate': ['a\ud83db', 'a\ufffdb'],
  'a lone low surrogate': ['a\ude00b', 'a\ufffdb'],
};
const CASES = [
  ...Object.entries(STRINGS).map(([name, text]) => [name, text, text] as const),
  ...Object.entries(UNSTORABLE).map(([name, [sent, kept]]) => [name, sent, kept] as const),
];

function textContract(engine: 'SQLite' | 'Postgres', database: () => Promise<string | undefined>) {
  describe(`texts over ${engine}`, () => {
    let relay: TestRelay;
    let operator: TestOperator;
    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database() });
      operator = await openOperator(relay, relay.owner);
    });
    afterAll(async () => {
      operator.session.destroy();
      await expectWholeStore(relay.store);
      await relay.stop();
    });

    test.each(CASES)('%s comes back as it went', async (_, sent, text) => {
      const { socket, chat } = await greetVisitor(relay);
      socket.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: chat, text: sent });
      await socket.heard('ack');
      expect(await socket.heard('event')).toMatchObject({ event: { type: 'message', text } });
      const { t, read } = relay.store;
      const [row] = await read.select().from(t.events).where(eq(t.events.conversationId, chat));
      expect(row?.body).toMatchObject({ text });
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${chat}/events`);
      expect(events).toMatchObject([{ text }]);
      const { conversations } = await operator.get<{ conversations: { id: string }[] }>('/conversations?view=all');
      expect(conversations.some(({ id }) => id === chat)).toBe(true);
      socket.close();
    });

    test.each(CASES)('%s comes back from a form', async (_, text, kept) => {
      const { socket } = await greetVisitor(relay);
      const message = text.slice(0, LIMITS.messageChars);
      socket.send({
        ...{ type: 'form:submit', id: uuidv7(), n: 1, locale: 'en', email: 'ann@example.com', fields: {} },
        ...{ name: text.slice(0, 40), subject: text.slice(0, 40), message },
        page: { url: 'https://shop.example/', title: text.slice(0, 40), referrer: '' },
      });
      const { conversation } = await socket.heard('ack');
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${conversation}/events`);
      expect(events).toMatchObject([{ type: 'form', text: kept.slice(0, LIMITS.messageChars) }]);
      socket.close();
    });

    test('a page’s title that was cut within a character does not keep the visitor away', async () => {
      const { visitor } = await askSession(relay, { title: 'Tea 🍵'.slice(0, 5), url: 'https://shop.example/\u0000' });
      const card = await operator.get<VisitorCard>(`/visitors/${visitor.id}`);
      expect(card.visits[0]?.pages).toMatchObject([{ title: 'Tea \ufffd', url: 'https://shop.example/\ufffd' }]);
    });
  });
}

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});
textContract('SQLite', async () => undefined);
textContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
