import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorConversation } from '../protocol/entities.ts';
import type { Draft, OperatorCommand, VisitorCommand } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { openOperator, openVisitor, type TestOperator, type TestVisitor, until } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

/** How chats end, by real sockets on one engine. */
export function closingContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`the end of a chat over ${engine}`, () => {
    let relay: TestRelay;
    let operator: TestOperator;
    const visitors: TestVisitor[] = [];
    type Said = { type: string; code?: string };
    const ask = async (visitor: TestVisitor, draft: Draft<VisitorCommand>): Promise<Said> => {
      const verdicts: [string, Said][] = [];
      const off = visitor.session.on('verdict', ({ command, verdict }) => verdicts.push([command.id, verdict]));
      const { id } = await visitor.session.command(draft);
      const said = await until(() => verdicts.find(([command]) => command === id)?.[1], `a verdict on ${draft.type}`);
      off();
      return said;
    };
    const order = async (draft: Draft<OperatorCommand>): Promise<Said> => {
      const verdicts: [string, Said][] = [];
      const off = operator.session.on('verdict', ({ command, verdict }) => verdicts.push([command.id, verdict]));
      const { id } = await operator.session.command(draft);
      const said = await until(() => verdicts.find(([command]) => command === id)?.[1], `a verdict on ${draft.type}`);
      off();
      return said;
    };
    const talk = async (): Promise<TestVisitor & { head(): VisitorConversation | undefined }> => {
      const visitor = await openVisitor(relay);
      visitors.push(visitor);
      let head: VisitorConversation | undefined;
      visitor.session.on('frame', (frame) => {
        if (frame.type === 'conversation') head = frame.conversation;
      });
      const { chat: conversation } = visitor;
      await ask(visitor, { type: 'message:send', conversation, text: 'Hello' });
      expect(await order({ type: 'message:send', conversation, text: 'Good day' })).toMatchObject({ type: 'ack' });
      return { ...visitor, head: () => head };
    };
    const summaryOf = async ({ chat }: TestVisitor) =>
      (await operator.get<{ conversation: ConversationSummary }>(`/conversations/${chat}`)).conversation;
    const staffLog = async ({ chat }: TestVisitor) =>
      (await operator.get<{ events: LogEvent[] }>(`/conversations/${chat}/events`)).events;
    const form: Draft<VisitorCommand> = {
      type: 'form:submit',
      ...{ locale: 'en', name: '', email: 'a@example.com', subject: '', message: 'x', fields: {} },
      page: { url: 'https://shop.example/', title: '', referrer: '' },
    };

    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database() });
      operator = await openOperator(relay, relay.owner);
    });
    afterAll(async () => {
      for (const { session } of visitors) session.destroy();
      operator.session.destroy();
      await relay.stop();
    });

    test('[CL1] a visitor ends their chat; a second time changes nothing; a message opens it again', async () => {
      const visitor = await talk();
      const { chat: conversation } = visitor;
      expect(await ask(visitor, { type: 'conversation:close', conversation })).toMatchObject({ type: 'ack' });
      expect(await ask(visitor, { type: 'conversation:close', conversation })).toMatchObject({ type: 'ack' });
      expect(await summaryOf(visitor)).toMatchObject({ status: 'closed', waitingSince: null });
      const ends = (await staffLog(visitor)).filter(({ type }) => type === 'status');
      expect(ends).toMatchObject([{ status: 'closed', author: { kind: 'visitor' } }]);
      await ask(visitor, { type: 'message:send', conversation, text: 'One more thing' });
      expect(await summaryOf(visitor)).toMatchObject({ status: 'open' });
    });

    test('[CL2, CL3] a closed chat is rated; asked again after it was reopened; the last rating counts, an earlier one stands', async () => {
      const visitor = await talk();
      const { chat: conversation } = visitor;
      const rate = (score: number, comment = '') =>
        ask(visitor, { type: 'conversation:rate', conversation, score, comment });
      expect(await rate(5)).toMatchObject({ type: 'reject', code: 'conflict' });
      await order({ type: 'conversation:close', conversation });
      await until(() => visitor.head()?.asks === 'rating', 'to be asked');
      expect(await rate(2, 'Slow')).toMatchObject({ type: 'ack' });
      await until(() => visitor.head()?.asks === null, 'not to be asked any more');
      expect(await summaryOf(visitor)).toMatchObject({ rating: { score: 2, comment: 'Slow' }, unread: 0 });

      await ask(visitor, { type: 'message:send', conversation, text: 'Still broken' });
      await order({ type: 'message:send', conversation, text: 'Now it is not' });
      await order({ type: 'conversation:close', conversation });
      await until(() => visitor.head()?.asks === 'rating', 'to be asked again');
      expect((await summaryOf(visitor)).rating).toEqual({ score: 2, comment: 'Slow' });
      expect(await rate(5)).toMatchObject({ type: 'ack' });
      expect((await summaryOf(visitor)).rating).toEqual({ score: 5, comment: '' });
      const ratings = (await staffLog(visitor)).filter(({ type }) => type === 'rating');
      expect(ratings).toMatchObject([{ score: 2, comment: 'Slow' }, { score: 5 }]);
      // The same is in the visitor's own log.
      await until(
        () => visitor.session.log(conversation)?.events.filter(({ type }) => type === 'rating').length === 2,
        'both ratings',
      );
    });

    test('[CL2] nobody is asked about a chat that no operator had, or where the site does not ask', async () => {
      const visitor = await openVisitor(relay);
      visitors.push(visitor);
      const { chat: conversation } = visitor;
      await ask(visitor, { type: 'message:send', conversation, text: 'Never mind' });
      await ask(visitor, { type: 'conversation:close', conversation });
      expect(await ask(visitor, { type: 'conversation:rate', conversation, score: 5, comment: '' })).toMatchObject({
        code: 'conflict',
      });
      const asked = await talk();
      await order({ type: 'conversation:close', conversation: asked.chat });
      await operator.send('PATCH', '', { settings: { rating: false } });
      expect(
        await ask(asked, { type: 'conversation:rate', conversation: asked.chat, score: 5, comment: '' }),
      ).toMatchObject({ code: 'conflict' });
      await operator.send('PATCH', '', { settings: {} });
    });

    test('[CL4] spam: ended for good, no rating, no message and no form; an operator can take it back', async () => {
      const visitor = await talk();
      const { chat: conversation } = visitor;
      expect(await order({ type: 'conversation:spam', conversation })).toMatchObject({ type: 'ack' });
      await until(() => visitor.head()?.ended, 'to be told');
      expect(visitor.head()).toMatchObject({ status: 'closed', asks: null });
      const own = await until(() => {
        const events = visitor.session.log(conversation)?.events ?? [];
        return events.at(-1)?.type === 'status' && events;
      }, 'the end in the visitor’s log');
      // Nothing that a visitor gets has the word in it.
      expect(own.at(-1)).toMatchObject({ status: 'closed', ended: true });
      expect(JSON.stringify([own, visitor.head()])).not.toContain('spam');

      const ended = { type: 'reject', code: 'ended' };
      expect(await ask(visitor, { type: 'message:send', conversation, text: 'Buy now' })).toMatchObject(ended);
      expect(await ask(visitor, form)).toMatchObject(ended);
      expect(await ask(visitor, { type: 'conversation:rate', conversation, score: 1, comment: '' })).toMatchObject(
        ended,
      );
      expect(await order({ type: 'conversation:reopen', conversation })).toMatchObject(ended);
      expect(await order({ type: 'conversation:spam', conversation })).toMatchObject({ type: 'ack' });
      expect(await summaryOf(visitor)).toMatchObject({ status: 'closed', spam: true });

      expect(await order({ type: 'conversation:not-spam', conversation })).toMatchObject({ type: 'ack' });
      await until(() => visitor.head()?.ended === false, 'to be told that it is not ended');
      expect(await ask(visitor, { type: 'message:send', conversation, text: 'I am no robot' })).toMatchObject({
        type: 'ack',
      });
      expect(await summaryOf(visitor)).toMatchObject({ status: 'open', spam: false });
      expect((await staffLog(visitor)).filter(({ type }) => type === 'spam')).toMatchObject([
        { on: true },
        { on: false },
      ]);
    });
  });
}
