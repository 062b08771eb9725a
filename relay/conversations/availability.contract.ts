import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Availability, ConversationSummary } from '../protocol/entities.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import {
  askSession,
  openOperator,
  openVisitor,
  type TestOperator,
  type TestVisitor,
  until,
} from '../testing/clients.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

/** Tuesday, 1 September 2026, 12:00 in UTC, where the site is. */
const NOON = '2026-09-01T12:00:00.000Z';
const week = Array.from({ length: 7 }, (_, day) =>
  day < 5
    ? [
        { from: '09:00', to: '12:30' },
        { from: '13:00', to: '18:00' },
      ]
    : [],
);

/** Who is available, and what becomes of chats when nobody is, by real sockets on one engine. */
export function availabilityContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`availability over ${engine}`, () => {
    let clock: TestClock;
    let relay: TestRelay;
    const ends: { destroy(): void }[] = [];
    const operatorHere = async () => {
      const operator = await openOperator(relay, relay.owner);
      ends.push(operator.session);
      return operator;
    };
    const visitorHere = async () => {
      const visitor = await openVisitor(relay);
      ends.push(visitor.session);
      const told: Availability[] = [];
      visitor.session.on('frame', (frame: RelayFrame) => {
        if (frame.type === 'availability') told.push(frame.availability);
      });
      // A leap of the clock silences every line; who comes back is told by the welcome.
      visitor.session.on('welcome', (frame) => {
        if (frame.role === 'visitor') told.push(frame.availability);
      });
      return { ...visitor, told };
    };
    const availabilityNow = async () => (await askSession(relay)).availability;
    const chatWith = async (visitor: TestVisitor, operator: TestOperator) => {
      await visitor.session.command({ type: 'message:send', conversation: visitor.chat, text: 'Hello' });
      await until(() => visitor.session.outbox.pending.length === 0, 'the message');
      await operator.session.command({ type: 'conversation:take', conversation: visitor.chat });
      await until(() => operator.session.outbox.pending.length === 0, 'the take');
    };
    const summaryOf = (operator: TestOperator, visitor: TestVisitor) =>
      operator.get<{ conversation: ConversationSummary }>(`/conversations/${visitor.chat}`);
    const set = async (operator: TestOperator, settings: object) =>
      expect((await operator.send('PATCH', '', { settings })).status).toBe(200);

    beforeAll(async () => {
      clock = testClock(NOON);
      relay = await startTestRelay({ databaseUrl: await database(), clock, settings: { graceSeconds: 30 } });
    });
    afterAll(async () => {
      for (const session of ends) session.destroy();
      await relay.stop();
    });

    test('[AV2, AV5] the last operator leaves in the middle of a chat: the visitor is told, the chat goes back to the queue', async () => {
      expect(await availabilityNow()).toMatchObject({ online: false, backAt: null });
      const operator = await operatorHere();
      expect((await availabilityNow()).online).toBe(true);
      const visitor = await visitorHere();
      const elsewhere = await openVisitor(relay);
      await chatWith(visitor, operator);
      await chatWith(elsewhere, operator);
      elsewhere.session.sign({ type: 'bye' });
      elsewhere.session.destroy();
      await until(
        async () => {
          const { relay: made, site } = relay;
          return made.isHere(site.id, elsewhere.reply.visitor.id) === false;
        },
        'the other visitor is gone',
        15_000,
      );
      operator.session.disconnect();
      clock.advance(29_000);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(visitor.told.every(({ online }) => online)).toBe(true);
      clock.advance(2_000);
      const since = Date.now();
      await until(() => visitor.told.at(-1)?.online === false, 'the visitor is told');
      expect(Date.now() - since).toBeLessThan(5_000);
      operator.session.connect();
      const { conversation } = await until(async () => {
        const found = await summaryOf(operator, visitor);
        return found.conversation.assignee === null && found;
      }, 'back in the queue');
      // Whose visitor is away has time: it stays with its operator.
      expect((await summaryOf(operator, elsewhere)).conversation.assignee?.id).toBe(relay.owner.id);
      expect(conversation).toMatchObject({ status: 'open' });
      expect(conversation.waitingSince).not.toBeNull();
      const { events } = await operator.get<{ events: LogEvent[] }>(`/conversations/${visitor.chat}/events`);
      expect(events.at(-1)).toMatchObject({ type: 'assignment', to: null, author: { kind: 'relay' } });
      await until(() => visitor.told.at(-1)?.online === true, 'somebody is back');
      operator.session.destroy();
    });

    test('[AV6] a chat that is going on takes messages while nobody is there', async () => {
      const visitor = await visitorHere();
      const said = await visitor.session.command({
        type: 'message:send',
        conversation: visitor.chat,
        text: 'Anybody?',
      });
      await until(() => visitor.session.outbox.pending.every(({ id }) => id !== said.id), 'the verdict');
      expect(visitor.session.log(visitor.chat)?.events.map(({ type }) => type)).toEqual(['message']);
    });

    test('[AV1, AV3] hours close and open the chat by the clock, without a reload', async () => {
      const operator = await operatorHere();
      const visitor = await visitorHere();
      await set(operator, { hours: { on: true, timeZone: 'UTC', week } });
      expect((await availabilityNow()).online).toBe(true);
      clock.set('2026-09-01T12:30:00.000Z');
      const closed = await until(() => visitor.told.find(({ online }) => !online), 'closing time');
      expect(closed).toEqual({ online: false, operators: [], backAt: '2026-09-01T13:00:00.000Z' });
      expect(await availabilityNow()).toEqual(closed);
      clock.set('2026-09-01T13:00:00.000Z');
      await until(() => visitor.told.at(-1)?.online === true && visitor.told.length > 1, 'opening time', 15_000);
      await set(operator, {
        hours: { on: true, timeZone: 'UTC', week, holidays: [{ date: '2026-09-01', spans: [] }] },
      });
      await until(() => visitor.told.at(-1)?.backAt === '2026-09-02T09:00:00.000Z', 'a holiday');
      await set(operator, {});
      await until(() => visitor.told.at(-1)?.online === true, 'no hours');
    });

    test('[AV2] away counts as not there; signing out counts at once', async () => {
      const operator = await operatorHere();
      const visitor = await visitorHere();
      operator.session.sign({ type: 'status', status: 'away' });
      await until(() => visitor.told.at(-1)?.online === false, 'away');
      operator.session.sign({ type: 'status', status: 'online' });
      await until(() => visitor.told.at(-1)?.online === true, 'online again');
      for (const session of ends) if (session !== visitor.session) session.destroy();
      const again = await operatorHere();
      clock.advance(31_000);
      await until(async () => (await availabilityNow()).online, 'a line that lives counts', 15_000);
      const signedOut = await fetch(`${relay.url}/api/v1/sign-out`, {
        method: 'POST',
        headers: { cookie: again.cookie, 'content-type': 'application/json' },
      });
      expect(signedOut.status).toBe(200);
      await until(() => visitor.told.at(-1)?.online === false, 'signed out');
    });

    test('[AV7] after a restart, a chat whose operator does not come back goes to the queue after the grace', async () => {
      const options = { databaseUrl: await database(), clock, settings: { graceSeconds: 30 } };
      let own = await startTestRelay(options);
      const { dataDir } = own;
      const visitor = await openVisitor(own);
      const operator = await openOperator(own, own.owner);
      await chatWith(visitor, operator);
      operator.session.destroy();
      visitor.session.destroy();
      const { port } = new URL(own.url);
      await own.stop();
      own = await startTestRelay({ ...options, dataDir, port: Number(port) });
      const again = await openVisitor(own, { token: visitor.token });
      const assignee = async () => {
        const { conversations: c } = own.store.t;
        return (await own.store.read.select().from(c)).find(({ id }) => id === visitor.chat)?.assigneeId;
      };
      await until(() => own.relay.isHere(own.site.id, again.reply.visitor.id), 'the visitor');
      clock.advance(29_000);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(await assignee()).toBe(own.owner.id);
      clock.advance(3_000);
      await until(async () => (await assignee()) === null, 'the queue', 15_000);
      again.session.destroy();
      await own.stop();
    });
  });
}
