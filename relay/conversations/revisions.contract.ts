import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { revised } from '../client/revised.ts';
import type { ConversationSummary, VisitorConversation } from '../protocol/entities.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import {
  addOperator,
  openOperator,
  openVisitor,
  type TestOperator,
  type TestVisitor,
  until,
} from '../testing/clients.ts';
import { rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

const SECRET = 'the code is 4711-secret';
const LATER = 'a second thought 815';

/** Edits and deletions by real sockets, on one engine. */
export function revisionsContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`edits and deletions over ${engine}`, () => {
    let relay: TestRelay;
    let owner: TestOperator;
    let boris: TestOperator;
    const visitors: TestVisitor[] = [];

    const open = async () => {
      const visitor = await openVisitor(relay);
      visitors.push(visitor);
      return visitor;
    };
    const order = async (client: TestOperator, draft: Parameters<TestOperator['session']['command']>[0]) => {
      const verdicts: { id: string; type: string; code?: string; seq?: number }[] = [];
      const off = client.session.on('verdict', ({ command, verdict }) => verdicts.push({ ...verdict, id: command.id }));
      const { id } = await client.session.command(draft);
      const found = await until(() => verdicts.find((verdict) => verdict.id === id), 'a verdict');
      off();
      return found;
    };
    const say = (client: TestOperator, visitor: TestVisitor, text: string) =>
      order(client, { type: 'message:send', conversation: visitor.chat, text });
    const logOf = (visitor: TestVisitor) => visitor.session.log(visitor.chat)?.events ?? [];
    const historyOf = async (visitor: TestVisitor) => {
      const answer = await fetch(`${relay.url}/api/visitor/conversations/${visitor.chat}/events?site=shop`, {
        headers: { authorization: `Bearer ${visitor.token}` },
      });
      return answer.text();
    };
    const staffEvents = async (visitor: TestVisitor) =>
      (await owner.get<{ events: LogEvent[] }>(`/conversations/${visitor.chat}/events`)).events;
    /** All that the store holds of a conversation, as text. */
    const storedOf = async (visitor: TestVisitor) => {
      const { t, read } = relay.store;
      const rows = [await read.select().from(t.events), await read.select().from(t.conversations)].flat();
      return JSON.stringify(rows.filter((row) => JSON.stringify(row).includes(visitor.chat)));
    };

    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database() });
      owner = await openOperator(relay, relay.owner);
      const credentials = { name: 'Boris', email: `boris-${engine}@shop.example`, password: 'another good one' };
      await addOperator(relay, owner.cookie, credentials);
      boris = await openOperator(relay, credentials);
    });
    afterAll(async () => {
      for (const { session } of [...visitors, owner, boris]) session.destroy();
      await relay.stop();
    });

    test('[ED1] an edit has a number of its own, and the message has the new text', async () => {
      const visitor = await open();
      const { seq = 0 } = await say(boris, visitor, SECRET);
      await until(() => logOf(visitor).length === 1, 'the message');
      const edit = { type: 'message:edit', conversation: visitor.chat, message: seq, text: 'All is well' } as const;
      expect(await order(boris, edit)).toMatchObject({ type: 'ack', seq: seq + 1 });
      await until(() => logOf(visitor).length === 2, 'the edit');
      expect(logOf(visitor)[1]).toMatchObject({
        ...{ type: 'edit', seq: 2, message: 1, text: 'All is well' },
        author: { kind: 'operator', id: null, name: '' },
      });
      expect(revised(logOf(visitor))).toMatchObject([{ text: 'All is well', seq: 1 }]);
      // The same again changes nothing.
      expect(await order(boris, edit)).toMatchObject({ type: 'ack', seq: seq + 1 });
      const events = await staffEvents(visitor);
      expect(events.at(-1)).toMatchObject({ type: 'edit', message: seq, visitorMessage: 1, author: { name: 'Boris' } });
      expect(events.find((event) => event.seq === seq)).toMatchObject({
        text: 'All is well',
        edited: { by: { name: 'Boris' } },
      });
      const history = JSON.parse(await historyOf(visitor)) as { events: LogEvent[] };
      expect(history.events[0]).toMatchObject({ text: 'All is well', edited: { at: expect.any(String) } });
      expect(JSON.stringify(history)).not.toMatch(/4711-secret|"by"/);
      expect(await storedOf(visitor)).not.toContain('4711-secret');
    });

    test('[ED2] what was deleted is nowhere a visitor looks, nor in the store', async () => {
      const visitor = await open();
      const { seq = 0 } = await say(boris, visitor, SECRET);
      await order(boris, { type: 'message:edit', conversation: visitor.chat, message: seq, text: LATER });
      await until(() => logOf(visitor).length === 2, 'the edit');
      const remove = { type: 'message:delete', conversation: visitor.chat, message: seq } as const;
      expect(await order(boris, remove)).toMatchObject({ type: 'ack' });
      await until(() => logOf(visitor).length === 3, 'the deletion');
      expect(revised(logOf(visitor))).toMatchObject([{ text: '', deleted: {} }]);

      const words = /4711-secret|second thought/;
      expect(await historyOf(visitor)).not.toMatch(words);
      expect(await storedOf(visitor)).not.toMatch(words);
      expect(JSON.stringify(await staffEvents(visitor))).not.toMatch(words);
      expect((await staffEvents(visitor)).find((event) => event.seq === seq)).toMatchObject({
        text: '',
        deleted: { by: { name: 'Boris' } },
      });
      // A later session, from the beginning.
      const socket = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
      socket.send(visitorHello(visitor.token, { resume: [{ conversation: visitor.chat, seq: 0 }] }));
      const { events } = await socket.heard('replay');
      expect(events.map(({ type, seq: number }) => [type, number])).toEqual([
        ['message', 1],
        ['edit', 2],
        ['deletion', 3],
      ]);
      expect(JSON.stringify(socket.frames)).not.toMatch(words);
      // Who corrected what is the staff's own matter.
      expect(JSON.stringify(events.slice(1))).not.toContain('Boris');
      expect(JSON.stringify(events)).not.toContain('"by"');
      socket.close();
      const { conversations } = await owner.get<{ conversations: ConversationSummary[] }>('/conversations?view=all');
      expect(conversations.find(({ id }) => id === visitor.chat)?.lastLine).toMatchObject({ text: '', deleted: true });
      // Twice is once; a deleted one is not edited.
      expect(await order(boris, remove)).toMatchObject({ type: 'ack' });
      expect(await staffEvents(visitor)).toHaveLength(4);
      expect(
        await order(boris, { type: 'message:edit', conversation: visitor.chat, message: seq, text: 'again' }),
      ).toMatchObject({ type: 'reject', code: 'message-deleted' });
    });

    test('[ED2] the visitor’s list follows when the last line was changed, and only then', async () => {
      const visitor = await open();
      const heads: VisitorConversation[] = [];
      visitor.session.on('frame', (frame) => frame.type === 'conversation' && heads.push(frame.conversation));
      const first = await say(boris, visitor, 'first');
      const second = await say(boris, visitor, 'second');
      const before = (await owner.get<{ conversation: ConversationSummary }>(`/conversations/${visitor.chat}`))
        .conversation;
      await order(boris, { type: 'message:edit', conversation: visitor.chat, message: first.seq ?? 0, text: 'First' });
      const lineOf = async () =>
        (await owner.get<{ conversation: ConversationSummary }>(`/conversations/${visitor.chat}`)).conversation;
      expect(await lineOf()).toMatchObject({ lastLine: { text: 'second' }, lastEventAt: before.lastEventAt });
      await order(boris, {
        type: 'message:edit',
        conversation: visitor.chat,
        message: second.seq ?? 0,
        text: 'Second',
      });
      expect((await lineOf()).lastLine).toMatchObject({ text: 'Second', name: 'Boris' });
      await until(() => heads.at(-1)?.lastLine?.text === 'Second', 'the visitor’s list');
    });

    test('[ED1] changes that were missed come by resume, and a changed message by its new text alone', async () => {
      const visitor = await open();
      const { seq = 0 } = await say(boris, visitor, SECRET);
      await until(() => logOf(visitor).length === 1, 'the message');
      visitor.session.disconnect();
      await order(boris, { type: 'message:edit', conversation: visitor.chat, message: seq, text: LATER });
      await order(boris, { type: 'message:edit', conversation: visitor.chat, message: seq, text: 'final' });
      await say(boris, visitor, 'and more');
      visitor.session.connect();
      await until(() => logOf(visitor).length === 4, 'the rest');
      expect(logOf(visitor)[1]).toMatchObject({ type: 'edit', text: null });
      expect(revised(logOf(visitor)).map((event) => 'text' in event && event.text)).toEqual(['final', 'and more']);
    });

    test('[ED3] only one’s own is edited; the owner deletes any operator’s; a visitor’s is nobody’s', async () => {
      const visitor = await open();
      const { conversation, message: ofVisitor } = { conversation: visitor.chat, message: 1 };
      await visitor.session.command({ type: 'message:send', conversation, text: 'mine' });
      await until(() => logOf(visitor).length === 1, 'the visitor’s');
      const ownersOwn = await say(owner, visitor, 'by the owner');
      const borisOwn = await say(boris, visitor, 'by Boris');
      const change = (client: TestOperator, message = 0) =>
        order(client, { type: 'message:delete', conversation, message });
      const edit = (client: TestOperator, message = 0) =>
        order(client, { type: 'message:edit', conversation, message, text: 'x' });
      expect(await change(boris, ofVisitor)).toMatchObject({ code: 'forbidden' });
      expect(await change(owner, ofVisitor)).toMatchObject({ code: 'forbidden' });
      expect(await edit(owner, ofVisitor)).toMatchObject({ code: 'forbidden' });
      expect(await change(boris, ownersOwn.seq)).toMatchObject({ code: 'forbidden' });
      expect(await edit(owner, borisOwn.seq)).toMatchObject({ code: 'forbidden' });
      expect(await change(owner, borisOwn.seq)).toMatchObject({ type: 'ack' });
      expect(await change(owner, 99)).toMatchObject({ code: 'not-found' });
      // An assignment is no message, and has no number of the visitor's.
      expect(await change(boris, 2)).toMatchObject({ code: 'not-found' });
    });

    test('[ED1] sent, edited and deleted in one batch it is as if one after the other', async () => {
      const visitor = await open();
      const { conversation } = { conversation: visitor.chat };
      await say(boris, visitor, 'before');
      const sent = await Promise.all([
        boris.session.command({ type: 'message:send', conversation, text: SECRET }),
        boris.session.command({ type: 'message:edit', conversation, message: 3, text: LATER }),
        boris.session.command({ type: 'message:delete', conversation, message: 3 }),
      ]);
      await until(() => boris.session.outbox.pending.length === 0, 'verdicts');
      expect(sent).toHaveLength(3);
      await until(() => logOf(visitor).length === 4, 'all events');
      expect(revised(logOf(visitor)).map((event) => 'text' in event && event.text)).toEqual(['before', '']);
      expect(await storedOf(visitor)).not.toMatch(/4711-secret|second thought/);
    });

    test('[QU1] a message quotes another of its conversation, by the sender’s own number', async () => {
      const visitor = await open();
      const conversation = visitor.chat;
      const { seq = 0 } = await say(boris, visitor, SECRET);
      await until(() => logOf(visitor).length === 1, 'the message');
      await visitor.session.command({ type: 'message:send', conversation, text: 'this one?', quote: 1 });
      await until(() => logOf(visitor).length === 2, 'the answer');
      expect(logOf(visitor)[1]).toMatchObject({ quote: { message: 1, line: { text: SECRET, name: 'Boris' } } });
      expect(logOf(visitor)[1]).not.toHaveProperty('quote.visitorMessage');
      const staff = (await staffEvents(visitor)).at(-1);
      expect(staff).toMatchObject({ quote: { message: seq, visitorMessage: 1, line: { text: SECRET } } });
      await order(boris, { type: 'message:send', conversation, text: 'yes', quote: staff?.seq ?? 0 });
      await until(() => logOf(visitor).length === 3, 'the second answer');
      expect(logOf(visitor)[2]).toMatchObject({
        quote: { message: 2, line: { author: 'visitor', text: 'this one?' } },
      });

      // Of a deleted message nothing is left in what quotes it.
      await order(boris, { type: 'message:delete', conversation, message: seq });
      await until(() => logOf(visitor).length === 4, 'the deletion');
      expect(revised(logOf(visitor))[1]).toMatchObject({ quote: { line: { text: '', deleted: true } } });
      expect(await historyOf(visitor)).not.toContain(SECRET);
      expect(await storedOf(visitor)).not.toContain(SECRET);
      expect((await staffEvents(visitor)).find(({ seq: number }) => number === staff?.seq)).toMatchObject({
        quote: { line: { text: '', deleted: true } },
      });
    });

    test('[QU1] what is not there, is no message or is the staff’s alone is not quoted', async () => {
      const visitor = await open();
      const conversation = visitor.chat;
      await say(boris, visitor, 'one');
      const quoting = (quote: number) => order(boris, { type: 'message:send', conversation, text: 'x', quote });
      // The first event is the assignment.
      expect(await quoting(1)).toMatchObject({ type: 'reject', code: 'not-found' });
      expect(await quoting(77)).toMatchObject({ type: 'reject', code: 'not-found' });
      await until(() => logOf(visitor).length === 1, 'the message');
      const verdicts: string[] = [];
      visitor.session.on('verdict', ({ verdict }) => verdicts.push(verdict.type));
      await visitor.session.command({ type: 'message:send', conversation, text: 'x', quote: 2 });
      await until(() => verdicts.length === 1, 'a verdict');
      expect(verdicts).toEqual(['reject']);
    });

    test('[CM3] a repeated deletion gets the verdict of the first', async () => {
      const visitor = await open();
      const { seq = 0 } = await say(boris, visitor, 'once');
      const socket = await rawSocket(`${relay.url}/api/v1/socket`, { cookie: boris.cookie });
      const outbox = { id: uuidv7(), next: 1 };
      socket.send({ type: 'hello', role: 'operator', protocol: 1, site: 'shop', outbox, epoch: '', resume: [] });
      await socket.heard('welcome');
      const command = { type: 'message:delete', id: uuidv7(), n: 1, conversation: visitor.chat, message: seq };
      socket.send(command);
      socket.send(command);
      await until(() => socket.frames.filter(({ type }) => type === 'ack').length === 2, 'two verdicts');
      const acks = socket.frames.filter(({ type }) => type === 'ack');
      expect(acks[0]).toEqual(acks[1]);
      socket.close();
    });
  });
}
