import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RelayFrameOf } from '../protocol/frames.ts';
import type { SiteSettings, SiteSettingsInput } from '../protocol/site-settings.ts';
import { openOperator, openVisitor, type TestOperator, type TestVisitor, until } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

type Told = Pick<RelayFrameOf<'queue'>, 'place' | 'waitMinutes'>;
interface Waiting extends TestVisitor {
  /** What was told of the queue, the last one last. */
  told: Told[];
  ask(): void;
}

/** How visitors learn where their chats stand, by real sockets on one engine. */
export function queueContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`the queue over ${engine}`, () => {
    let relay: TestRelay;
    let operator: TestOperator;
    const visitors: Waiting[] = [];
    const come = async (transport: 'socket' | 'sse' = 'socket'): Promise<Waiting> => {
      const visitor = await openVisitor(relay, { transport });
      const told: Told[] = [];
      visitor.session.on('frame', (frame) => {
        if (frame.type === 'queue' && frame.conversation === visitor.chat)
          told.push({ place: frame.place, waitMinutes: frame.waitMinutes });
      });
      const ask = () => void visitor.session.sign({ type: 'queue', conversation: visitor.chat });
      const waiting = { ...visitor, told, ask };
      visitors.push(waiting);
      return waiting;
    };
    const acked = async (session: TestVisitor['session'] | TestOperator['session'], draft: object) => {
      const some = session as TestVisitor['session'];
      const done: string[] = [];
      const off = some.on('verdict', ({ command, verdict }) => verdict.type === 'ack' && done.push(command.id));
      const { id } = await some.command(draft as Parameters<typeof some.command>[0]);
      await until(() => done.includes(id), 'an ack');
      off();
    };
    const say = ({ session, chat }: TestVisitor, text: string) =>
      acked(session, { type: 'message:send', conversation: chat, text });
    const answer = ({ chat }: TestVisitor) =>
      acked(operator.session, { type: 'message:send', conversation: chat, text: 'Good day' });
    const place = (visitor: Waiting, expected: number | null) =>
      until(() => visitor.told.length > 0 && visitor.told.at(-1)?.place === expected, `place ${expected}`);
    const change = async (settings: SiteSettingsInput) => {
      const site = await operator.get<{ settings: SiteSettings }>('');
      await operator.send('PATCH', '', { settings: { ...site.settings, ...settings } });
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

    test('[QP1] places count from the longest wait and move up when an operator takes or answers, over both transports', async () => {
      const [first, second, third] = [await come(), await come('sse'), await come()];
      for (const visitor of [first, second, third]) {
        await say(visitor, 'Hello');
        visitor.ask();
      }
      await place(first, 1);
      await place(second, 2);
      await place(third, 3);
      // A form is no chat, and another message moves nobody.
      const { length } = third.told;
      await say(third, 'Still here');
      await answer(first);
      await place(first, null);
      await place(second, 1);
      await place(third, 2);
      expect(third.told.length - length).toBe(1);
      await acked(operator.session, { type: 'conversation:take', conversation: second.chat });
      await place(third, 1);
      // Back in the queue it has waited longest.
      await acked(operator.session, { type: 'conversation:return', conversation: second.chat });
      await place(second, 1);
      await place(third, 2);
      await acked(second.session, { type: 'conversation:close', conversation: second.chat });
      await place(third, 1);
      await answer(third);
    });

    test('[QP2] nobody is told of a chat that is not theirs, nor anything where the site does not want it', async () => {
      const [mine, other] = [await come(), await come()];
      await say(mine, 'Hello');
      const heard: string[] = [];
      other.session.on('frame', ({ type }) => heard.push(type));
      other.session.sign({ type: 'queue', conversation: mine.chat });
      await change({ queue: 'off' });
      mine.ask();
      await say(other, 'So that what was asked before has passed');
      expect(mine.told).toEqual([]);
      expect(heard).not.toContain('queue');
      for (const visitor of [mine, other]) await answer(visitor);
    });

    test('[QP3] how long answers take is said once there are five of them', async () => {
      for (let i = 0; i < 5; i++) {
        const visitor = await come();
        await say(visitor, 'Hello');
        await answer(visitor);
      }
      // Not before: what was found for somebody else is kept for a minute.
      await change({ queue: 'wait' });
      const waiting = await come();
      await say(waiting, 'How long?');
      waiting.ask();
      await until(() => waiting.told.at(-1)?.waitMinutes === 1, 'an answer');
      expect(waiting.told.at(-1)?.place).toBeNull();
      await answer(waiting);
      await until(() => waiting.told.at(-1)?.waitMinutes === null, 'the end of the wait');
    });
  });
}
