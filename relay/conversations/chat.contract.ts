import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { memoryOutbox } from '../client/memory-outbox.ts';
import type { ConversationSummary, VisitorCard } from '../protocol/entities.ts';
import type { RelayFrame, VisitorCommand } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import {
  addOperator,
  openOperator,
  openVisitor,
  type TestOperator,
  type TestVisitor,
  until,
} from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

const texts = (events: readonly LogEvent[]) =>
  events.flatMap((event) => (event.type === 'message' ? [event.text] : []));
const seqs = (events: readonly LogEvent[]) => events.map(({ seq }) => seq);

/** The relay by real sockets, on one engine. */
export function chatContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`a visitor and an operator over ${engine}`, () => {
    let relay: TestRelay;
    let operator: TestOperator;
    const visitors: TestVisitor[] = [];
    const open = async (...args: Parameters<typeof openVisitor> extends [unknown, ...infer Rest] ? Rest : never) => {
      const visitor = await openVisitor(relay, ...args);
      visitors.push(visitor);
      return visitor;
    };
    const say = (visitor: TestVisitor, text: string) =>
      visitor.session.command({ type: 'message:send', conversation: visitor.chat, text });
    const logOf = (visitor: TestVisitor) => visitor.session.log(visitor.chat)?.events ?? [];
    const verdictOf = (client: { session: TestVisitor['session'] | TestOperator['session'] }, id: string) =>
      new Promise<{ type: string; code?: string; seq?: number }>((resolve) => {
        const off = (client.session as TestVisitor['session']).on('verdict', ({ command, verdict }) => {
          if (command.id !== id) return;
          off();
          resolve(verdict);
        });
      });
    const order = async (client: TestOperator, draft: Parameters<TestOperator['session']['command']>[0]) => {
      const command = await client.session.command(draft);
      return verdictOf(client, command.id);
    };

    beforeAll(async () => {
      const databaseUrl = await database();
      relay = await startTestRelay({ databaseUrl });
      operator = await openOperator(relay, relay.owner);
    });
    afterAll(async () => {
      for (const { session } of visitors) session.destroy();
      operator.session.destroy();
      await relay.stop();
    });

    test('[CM1] a message is acknowledged, numbered from 1 and seen by both sides', async () => {
      const visitor = await open();
      await say(visitor, 'Good morning');
      await until(() => logOf(visitor).length === 1 && visitor.session.outbox.pending.length === 0, 'ack and event');
      const summary = await until(async () => {
        const { conversations } = await operator.get<{ conversations: ConversationSummary[] }>(
          '/conversations?view=unassigned',
        );
        return conversations.find(({ id }) => id === visitor.chat);
      }, 'the conversation in the queue');
      expect(summary).toMatchObject({ status: 'open', unread: 1, staffSeq: 1, lastLine: { text: 'Good morning' } });
      operator.session.follow(visitor.chat, 0);
      operator.session.sign({ type: 'follow', conversations: [{ conversation: visitor.chat, seq: 0 }] });
      await until(() => texts(operator.session.log(visitor.chat)?.events ?? []).length === 1, 'replay to the operator');

      await order(operator, { type: 'message:send', conversation: visitor.chat, text: 'Good morning to you' });
      await until(() => texts(logOf(visitor)).length === 2, 'the answer');
      // The assignment that came with the answer is the staff's alone: no gap in the visitor's numbers [SQ2].
      expect(seqs(logOf(visitor))).toEqual([1, 2]);
      const staff = operator.session.log(visitor.chat)?.events ?? [];
      expect(staff.map(({ type }) => type)).toEqual(['message', 'assignment', 'message']);
      expect(seqs(staff)).toEqual([1, 2, 3]);
      expect(staff.map(({ visitorSeq }) => visitorSeq)).toEqual([1, undefined, 2]);
    });

    test('[CM3] a repeated command changes nothing and gives the same verdict, after a restart too', async () => {
      const visitor = await open();
      const command = { type: 'message:send', id: uuidv7(), n: 1, conversation: visitor.chat, text: 'once' } as const;
      const acks: RelayFrame[] = [];
      const ask = async () => {
        const answer = await fetch(`${relay.url}/api/visitor/commands`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${visitor.token}` },
          body: JSON.stringify({
            hello: {
              ...{ type: 'hello', role: 'visitor', protocol: 1, site: 'shop', epoch: '', resume: [] },
              outbox: { id: '0190a000-0000-7000-8000-000000000001', next: 1 },
              page: { url: 'https://shop.example/', title: '', referrer: '' },
            },
            frames: [command, command],
          }),
        });
        acks.push(...((await answer.json()) as { frames: RelayFrame[] }).frames);
      };
      await ask();
      await ask();
      expect(acks).toHaveLength(4);
      expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
      expect(acks[0]).toMatchObject({ type: 'ack', seq: 1, conversation: visitor.chat });
      await until(() => texts(logOf(visitor)).length === 1, 'the event');
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${visitor.chat}/events`);
      expect(texts(events)).toEqual(['once']);
    });

    test('[CM4] the same id with other words is refused, and the first words stand', async () => {
      const visitor = await open();
      const store = memoryOutbox<VisitorCommand>();
      const first = await openVisitor(relay, { token: visitor.token, store });
      visitors.push(first);
      const sent = await say(first, 'first');
      await until(() => first.session.outbox.pending.length === 0, 'ack');
      const refused = verdictOf(first, sent.id);
      await store.add({ type: 'message:send', conversation: visitor.chat, text: 'second' }, sent.id);
      first.session.disconnect();
      first.session.connect();
      expect(await refused).toMatchObject({ type: 'reject', code: 'id-reused' });
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${visitor.chat}/events`);
      expect(texts(events)).toEqual(['first']);
    });

    test('[CM2] a number that comes too early waits for the one before it', async () => {
      const visitor = await open();
      const seen: RelayFrame[] = [];
      const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/api/visitor/socket?site=shop`);
      const send = (frame: unknown) => socket.send(JSON.stringify(frame));
      socket.onmessage = ({ data }) => seen.push(JSON.parse(String(data)));
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      send({
        ...{ type: 'hello', role: 'visitor', protocol: 1, site: 'shop', token: visitor.token, epoch: '', resume: [] },
        outbox: { id: uuidv7(), next: 1 },
        page: { url: 'https://shop.example/', title: '', referrer: '' },
      });
      await until(() => seen.some(({ type }) => type === 'welcome'), 'welcome');
      const message = (n: number, text: string) => ({
        type: 'message:send',
        id: uuidv7(),
        n,
        conversation: visitor.chat,
        text,
      });
      const [one, two, three] = [message(1, 'one'), message(2, ' '), message(3, 'three')];
      send(three);
      await until(
        () => seen.some((frame) => frame.type === 'retry' && frame.code === 'out-of-order' && frame.next === 1),
        'retry',
      );
      send(one);
      send(two);
      send(three);
      await until(() => seen.filter(({ type }) => type === 'ack' || type === 'reject').length === 3, 'three verdicts');
      // The empty one is refused with a number of its own; it does not hold up the next [CM5].
      expect(seen.filter(({ type }) => type === 'ack' || type === 'reject')).toMatchObject([
        { type: 'ack', n: 1, seq: 1 },
        { type: 'reject', n: 2, code: 'empty' },
        { type: 'ack', n: 3, seq: 2 },
      ]);
      socket.close();
    });

    test('[RS1] whoever reconnects gets what it missed, in order, once', async () => {
      const visitor = await open();
      await say(visitor, 'before');
      await until(() => texts(logOf(visitor)).length === 1, 'first event');
      visitor.session.disconnect();
      for (let i = 0; i < 450; i++)
        await operator.session.command({ type: 'message:send', conversation: visitor.chat, text: `missed ${i}` });
      await until(() => operator.session.outbox.pending.length === 0, 'acks', 15_000);
      visitor.session.connect();
      await until(() => texts(logOf(visitor)).length === 451, 'replay');
      expect(texts(logOf(visitor)).slice(1)).toEqual(Array.from({ length: 450 }, (_, i) => `missed ${i}`));
      expect(seqs(logOf(visitor))).toEqual(Array.from({ length: 451 }, (_, i) => i + 1));
    });

    test('[OB4] what is written without a line goes out in order when it is back', async () => {
      const visitor = await open();
      visitor.session.disconnect();
      for (const text of ['a', 'b', 'c']) await say(visitor, text);
      expect(visitor.session.outbox.pending).toHaveLength(3);
      visitor.session.connect();
      await until(() => visitor.session.outbox.pending.length === 0 && texts(logOf(visitor)).length === 3, 'acks');
      expect(texts(logOf(visitor))).toEqual(['a', 'b', 'c']);
    });

    test('[R2] of two who take at once one gets it and the other is told who has it', async () => {
      const boris = { name: 'Boris', email: `boris-${engine}@shop.example`, password: 'another good one' };
      await addOperator(relay, operator.cookie, boris);
      const second = await openOperator(relay, boris);
      const visitor = await open();
      await say(visitor, 'who is there');
      await until(() => logOf(visitor).length === 1, 'event');
      const take = { type: 'conversation:take', conversation: visitor.chat } as const;
      const [a, b] = await Promise.all([order(operator, take), order(second, take)]);
      const lost = [a, b].filter(({ type }) => type === 'reject');
      expect([a, b].filter(({ type }) => type === 'ack')).toHaveLength(1);
      const winner = a.type === 'ack' ? 'Olga' : 'Boris';
      expect(lost).toMatchObject([{ code: 'already-taken', operator: { name: winner } }]);
      const holder = a.type === 'ack' ? operator : second;
      expect(await order(holder, { type: 'conversation:return', conversation: visitor.chat })).toMatchObject({
        type: 'ack',
      });
      expect(await order(holder, { type: 'conversation:close', conversation: visitor.chat })).toMatchObject({
        type: 'ack',
      });
      await until(
        () => logOf(visitor).some((event) => event.type === 'status' && event.status === 'closed'),
        'closing is seen',
      );
      await say(visitor, 'one more thing');
      await until(() => logOf(visitor).at(-1)?.type === 'message', 'reopened');
      expect(logOf(visitor).map(({ type }) => type)).toEqual(['message', 'status', 'status', 'message']);
      second.session.destroy();
    });

    test('[R2] what a deleted operator had goes back to the queue', async () => {
      const leaving = { name: 'Lev', email: `lev-${engine}@shop.example`, password: 'for a short while' };
      const made = await addOperator(relay, operator.cookie, leaving);
      const lev = await openOperator(relay, leaving);
      const visitor = await open();
      await say(visitor, 'who has me');
      await until(() => logOf(visitor).length === 1, 'event');
      expect(await order(lev, { type: 'conversation:take', conversation: visitor.chat })).toMatchObject({
        type: 'ack',
      });
      const deleted = await operator.send('DELETE', `/operators/${made.id}`, undefined);
      expect(deleted.status).toBe(200);
      const { conversation } = await operator.get<{ conversation: ConversationSummary }>(
        `/conversations/${visitor.chat}`,
      );
      expect(conversation.assignee).toBeNull();
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${visitor.chat}/events`);
      expect(events.at(-1)).toMatchObject({
        type: 'assignment',
        to: null,
        from: { name: 'Lev' },
        author: { kind: 'relay' },
      });
      lev.session.destroy();
    });

    test('[V3] a chat that nobody wrote in has no record; an operator may write first', async () => {
      const visitor = await open({ url: 'https://shop.example/teas?utm_source=mail' });
      const detail = await operator.get<{ conversation: unknown; visitor: VisitorCard }>(
        `/conversations/${visitor.chat}`,
      );
      expect(detail.conversation).toBeNull();
      expect(detail.visitor.visits[0]?.metadata).toMatchObject({
        browser: 'Chrome 140',
        os: 'Linux',
        utm: { source: 'mail' },
      });
      expect(await order(operator, { type: 'conversation:take', conversation: visitor.chat })).toMatchObject({
        code: 'not-found',
      });
      expect(
        await order(operator, { type: 'message:send', conversation: visitor.chat, text: 'May I help?' }),
      ).toMatchObject({ type: 'ack' });
      await until(() => texts(logOf(visitor)).length === 1, 'the operator is read');
      const mine = await operator.get<{ conversations: ConversationSummary[] }>('/conversations?view=mine');
      expect(mine.conversations.map(({ id }) => id)).toContain(visitor.chat);
    });

    test('[OS1] operators see who is on the site, where they go, and that they leave', async () => {
      const here = new Map<string, { pageUrl: string }>();
      operator.session.on('frame', (frame) => {
        if (frame.type !== 'on-site') return;
        for (const visitor of frame.here) here.set(visitor.visitor, visitor);
        for (const id of frame.gone) here.delete(id);
      });
      const visitor = await open({ url: 'https://shop.example/a' });
      const { id } = visitor.reply.visitor;
      await until(() => here.get(id)?.pageUrl === 'https://shop.example/a', 'arrival');
      visitor.session.sign({ type: 'page', page: { url: 'https://shop.example/b', title: 'B', referrer: '' } });
      await until(() => here.get(id)?.pageUrl === 'https://shop.example/b', 'page change');
      const trail = await until(async () => {
        const card = await operator.get<VisitorCard>(`/visitors/${id}`);
        return card.visits[0]?.pages.length === 2 && card.visits[0].pages;
      }, 'trail');
      expect(trail.map(({ url }) => url)).toEqual(['https://shop.example/a', 'https://shop.example/b']);
      visitor.session.disconnect();
      await until(() => !here.has(id), 'leaving', 15_000);
    });

    test('[E1] a form becomes a conversation with a reference, once', async () => {
      const visitor = await open();
      const draft = {
        type: 'form:submit',
        locale: 'en',
        name: 'Ann',
        email: 'ann@example.com',
        subject: 'Delivery',
        message: 'Where is it?',
        fields: {},
        page: { url: 'https://shop.example/', title: 'Shop', referrer: '' },
      } as const;
      const command = await visitor.session.command(draft);
      const verdict = await verdictOf(visitor, command.id);
      expect(verdict).toMatchObject({
        type: 'ack',
        seq: 1,
        reference: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      });
      const bad = await visitor.session.command({ ...draft, email: 'nobody' });
      expect(await verdictOf(visitor, bad.id)).toMatchObject({ type: 'reject', code: 'bad-field', field: 'email' });
    });

    test('[HS5] the event stream carries the same frames', async () => {
      const visitor = await open({ transport: 'sse' });
      await say(visitor, 'through the stream');
      await until(
        () => texts(logOf(visitor)).length === 1 && visitor.session.outbox.pending.length === 0,
        'ack and event',
      );
      await order(operator, { type: 'message:send', conversation: visitor.chat, text: 'and back' });
      await until(() => texts(logOf(visitor)).length === 2, 'answer');
    });

    test('[RS2] over the event stream a follow is answered by what was missed', async () => {
      const visitor = await open({ transport: 'sse' });
      await say(visitor, 'one');
      await until(() => logOf(visitor).length === 1, 'event');
      visitor.session.unfollow(visitor.chat);
      const again = visitor.session.follow(visitor.chat, 0);
      visitor.session.sign({ type: 'follow', conversations: [{ conversation: visitor.chat, seq: 0 }] });
      await until(() => texts(again.events).length === 1, 'replay');
    });

    test('[HS5] more than one request holds goes out in several', async () => {
      const visitor = await open({ transport: 'sse' });
      const long = Array.from({ length: 24 }, (_, i) => `${i} ${'длинно '.repeat(1_100)}`.trim());
      for (const text of long) await say(visitor, text);
      await until(() => texts(logOf(visitor)).length === long.length, 'all of them', 15_000);
      expect(texts(logOf(visitor))).toEqual(long);
    });

    test('[MK1] marks of both sides are told and kept', async () => {
      const visitor = await open();
      const marks: RelayFrame[] = [];
      visitor.session.on('frame', (frame) => frame.type === 'mark' && marks.push(frame));
      await say(visitor, 'read me');
      await until(() => logOf(visitor).length === 1, 'event');
      operator.session.sign({ type: 'mark', conversation: visitor.chat, delivered: 1, read: 1 });
      await until(
        () => marks.some((frame) => frame.type === 'mark' && frame.side === 'staff' && frame.read === 1),
        'mark',
      );
      const summary = await until(async () => {
        const { conversation } = await operator.get<{ conversation: ConversationSummary }>(
          `/conversations/${visitor.chat}`,
        );
        return conversation.unread === 0 && conversation;
      }, 'kept');
      expect(summary.marks).toMatchObject({ staffRead: 1, staffDelivered: 1, visitorRead: 1 });
    });

    test('[S4] another visitor can neither read nor write in it', async () => {
      const visitor = await open();
      await say(visitor, 'private');
      await until(() => logOf(visitor).length === 1, 'event');
      const other = await open();
      const command = await other.session.command({
        type: 'message:send',
        conversation: visitor.chat,
        text: 'let me in',
      });
      expect(await verdictOf(other, command.id)).toMatchObject({ type: 'reject', code: 'not-found' });
      const answer = await fetch(`${relay.url}/api/visitor/conversations/${visitor.chat}/events?site=shop`, {
        headers: { authorization: `Bearer ${other.token}` },
      });
      expect(answer.status).toBe(404);
      const foreign = await fetch(`${relay.url}/api/visitor/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
        body: JSON.stringify({ site: 'shop', page: { url: 'x', title: '', referrer: '' } }),
      });
      expect(foreign.status).toBe(403);
      expect(await foreign.json()).toMatchObject({ error: { code: 'forbidden-origin' } });
    });
  });
}
