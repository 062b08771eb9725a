import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorConversation } from '../protocol/entities.ts';
import type { Draft, OperatorCommand, VisitorCommand } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { openOperator, openVisitor, type TestOperator, type TestVisitor, until } from '../testing/clients.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

const MINUTE_MS = 60_000;

/** «Is it solved?», by real sockets on one engine. */
export function solvedContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`«is it solved?» over ${engine}`, () => {
    let clock: TestClock;
    let relay: TestRelay;
    let operator: TestOperator;
    let databaseUrl: string | undefined;
    const ends: { destroy(): void }[] = [];
    type Said = { type: string; code?: string };
    type Asking = TestVisitor & { head(): VisitorConversation | undefined };
    async function verdict<C extends VisitorCommand | OperatorCommand>(
      session: {
        on(name: 'verdict', fn: (told: { command: { id: string }; verdict: Said }) => void): () => void;
        command(draft: Draft<C>): Promise<{ id: string }>;
      },
      draft: Draft<C>,
    ): Promise<Said> {
      const verdicts: [string, Said][] = [];
      const off = session.on('verdict', (told) => verdicts.push([told.command.id, told.verdict]));
      const { id } = await session.command(draft);
      const said = await until(() => verdicts.find(([command]) => command === id)?.[1], 'a verdict');
      off();
      return said;
    }
    const ask = (visitor: TestVisitor, draft: Draft<VisitorCommand>) => verdict<VisitorCommand>(visitor.session, draft);
    const order = (draft: Draft<OperatorCommand>) => verdict<OperatorCommand>(operator.session, draft);
    const answer = (visitor: TestVisitor, yes: boolean) =>
      ask(visitor, { type: 'conversation:solved', conversation: visitor.chat, yes });
    const summaryOf = async ({ chat }: TestVisitor) =>
      (await operator.get<{ conversation: ConversationSummary }>(`/conversations/${chat}`)).conversation;
    const staffLog = async ({ chat }: TestVisitor) =>
      (await operator.get<{ events: LogEvent[] }>(`/conversations/${chat}/events`)).events;
    /** A chat whose operator has pressed «close». */
    const asked = async (): Promise<Asking> => {
      const visitor = await openVisitor(relay);
      ends.push(visitor.session);
      let head: VisitorConversation | undefined;
      visitor.session.on('frame', (frame) => {
        if (frame.type === 'conversation') head = frame.conversation;
      });
      visitor.session.on('welcome', (frame) => {
        if (frame.role === 'visitor') head = frame.conversations[0];
      });
      const { chat: conversation } = visitor;
      await ask(visitor, { type: 'message:send', conversation, text: 'Where is it' });
      await order({ type: 'message:send', conversation, text: 'On its way' });
      expect(await order({ type: 'conversation:close', conversation })).toMatchObject({ type: 'ack' });
      const made = { ...visitor, head: () => head };
      await until(() => made.head()?.asks === 'solved', 'to be asked');
      return made;
    };
    const start = async (dataDir?: string) => {
      relay = await startTestRelay({
        ...{ databaseUrl, clock, settings: { askSolved: { on: true, hours: 1 } } },
        ...(dataDir && { dataDir }),
      });
      operator = await openOperator(relay, relay.owner);
      ends.push(operator.session);
    };

    beforeAll(async () => {
      databaseUrl = await database();
      clock = testClock();
      await start();
    });
    afterAll(async () => {
      for (const session of ends) session.destroy();
      await relay.stop();
    });

    test('[CL6, CL7] a close asks; «yes» closes and asks for the rating; a second answer is refused', async () => {
      const visitor = await asked();
      const closesAt = new Date(clock.now() + 60 * MINUTE_MS).toISOString();
      expect(await summaryOf(visitor)).toMatchObject({ status: 'open', closesAt, waitingSince: null });
      expect(visitor.session.log(visitor.chat)?.events.at(-1)).toMatchObject({ type: 'solved', said: 'asked' });
      clock.advance(1_000);
      expect(await answer(visitor, true)).toMatchObject({ type: 'ack' });
      expect(await answer(visitor, true)).toMatchObject({ type: 'reject', code: 'conflict' });
      expect(await summaryOf(visitor)).toMatchObject({ status: 'closed', closesAt: null });
      await until(() => visitor.head()?.asks === 'rating', 'to be asked how it was');
      expect((await staffLog(visitor)).at(-1)).toMatchObject({
        ...{ type: 'status', status: 'closed', solved: true, author: { kind: 'visitor' } },
      });
    });

    test('[CL7] «no» keeps it open, tells the operator, and it can be asked again', async () => {
      const visitor = await asked();
      expect(await answer(visitor, false)).toMatchObject({ type: 'ack' });
      const summary = await summaryOf(visitor);
      expect(summary).toMatchObject({ status: 'open', closesAt: null, unread: 1 });
      expect(summary.waitingSince).not.toBeNull();
      expect((await staffLog(visitor)).at(-1)).toMatchObject({ type: 'solved', said: 'no' });
      await until(() => visitor.head()?.asks === null, 'not to be asked any more');
      await order({ type: 'conversation:close', conversation: visitor.chat });
      expect((await summaryOf(visitor)).closesAt).not.toBeNull();
    });

    test('[CL6] a second close closes; so does the visitor’s own', async () => {
      const [one, other] = [await asked(), await asked()];
      await order({ type: 'conversation:close', conversation: one.chat });
      await ask(other, { type: 'conversation:close', conversation: other.chat });
      for (const visitor of [one, other])
        expect(await summaryOf(visitor)).toMatchObject({ status: 'closed', closesAt: null });
    });

    test('[CL7] who writes on is not asked any more', async () => {
      const visitor = await asked();
      await ask(visitor, { type: 'message:send', conversation: visitor.chat, text: 'And the other one?' });
      expect(await summaryOf(visitor)).toMatchObject({ status: 'open', closesAt: null });
      await until(() => visitor.head()?.asks === null, 'not to be asked any more');
    });

    test('[CL8] without an answer it closes by itself, after a restart too, and not sooner', async () => {
      const visitor = await asked();
      const other = await asked();
      await answer(other, false);
      const { dataDir } = relay;
      for (const session of ends.splice(0)) session.destroy();
      await relay.stop();
      clock.advance(59 * MINUTE_MS);
      await start(dataDir);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(await summaryOf(visitor)).toMatchObject({ status: 'open' });
      clock.advance(2 * MINUTE_MS);
      await until(async () => (await summaryOf(visitor)).status === 'closed', 'it to close', 15_000);
      expect((await staffLog(visitor)).at(-1)).toMatchObject({
        ...{ type: 'status', status: 'closed', author: { kind: 'relay' } },
      });
      expect((await summaryOf(other)).status).toBe('open');
      // What was closed this way opens again as any other.
      await order({ type: 'conversation:reopen', conversation: visitor.chat });
      expect(await summaryOf(visitor)).toMatchObject({ status: 'open', closesAt: null });
    });
  });
}
