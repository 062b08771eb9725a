import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary, VisitorCard } from '../protocol/entities.ts';
import type { Draft, RelayFrameOf, VisitorCommand } from '../protocol/frames.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import type { SiteSettings, SiteSettingsInput } from '../protocol/site-settings.ts';
import { openOperator, openVisitor, type TestOperator, type TestVisitor, until } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

const SETTINGS: SiteSettingsInput = {
  preChat: {
    ...{ on: true, name: 'required', email: 'required', intro: { en: 'Who are you?' } },
    fields: [{ key: 'order_no', kind: 'text', label: { en: 'Order', ru: 'Заказ' }, required: true }],
  },
};

/** What is asked before a chat and told while it waits, by real sockets on one engine. */
export function preChatContract(engine: string, database: () => Promise<string | undefined>): void {
  describe(`before a chat over ${engine}`, () => {
    let relay: TestRelay;
    let operator: TestOperator;
    const visitors: TestVisitor[] = [];
    const come = async (transport: 'socket' | 'sse' = 'socket') => {
      const visitor = await openVisitor(relay, { transport });
      visitors.push(visitor);
      return visitor;
    };
    const ask = async ({ session }: TestVisitor | TestOperator, draft: object) => {
      const verdicts: [string, { type: string }][] = [];
      const off = (session as TestVisitor['session']).on('verdict', ({ command, verdict }) =>
        verdicts.push([command.id, verdict]),
      );
      const { id } = await (session as TestVisitor['session']).command(draft as Draft<VisitorCommand>);
      const said = await until(() => verdicts.find(([command]) => command === id)?.[1], 'a verdict');
      off();
      return said;
    };
    const say = (visitor: TestVisitor, text: string, more: object = {}) =>
      ask(visitor, { type: 'message:send', conversation: visitor.chat, text, ...more });
    const log = async ({ chat }: TestVisitor) =>
      (await operator.get<{ events: LogEvent[] }>(`/conversations/${chat}/events`)).events;
    const summary = async ({ chat }: TestVisitor) =>
      (await operator.get<{ conversation: ConversationSummary }>(`/conversations/${chat}`)).conversation;
    const change = async (settings: SiteSettingsInput) => {
      const site = await operator.get<{ settings: SiteSettings }>('');
      const answer = await operator.send('PATCH', '', { settings: { ...site.settings, ...settings } });
      expect(answer.status).toBe(200);
    };

    beforeAll(async () => {
      relay = await startTestRelay({ databaseUrl: await database(), settings: SETTINGS });
      operator = await openOperator(relay, relay.owner);
    });
    afterAll(async () => {
      for (const { session } of visitors) session.destroy();
      operator.session.destroy();
      await relay.stop();
    });

    test('[PQ1] the questions come with the session, in its language, and not while they are off', async () => {
      const { reply } = await come();
      expect(reply.site).toMatchObject({
        preChat: {
          intro: 'Who are you?',
          name: 'required',
          phone: 'off',
          fields: [{ key: 'order_no', label: 'Order' }],
        },
        queue: true,
      });
      await change({ preChat: { on: false }, queue: 'off' });
      expect((await come()).reply.site).toMatchObject({ preChat: null, queue: false });
      await change({ ...SETTINGS, queue: 'place' });
    });

    test('[PQ2] answers come with the first message, once, before it, and name the visitor; the visitor’s numbers know nothing of them', async () => {
      const visitor = await come();
      const answers = { name: 'Ann', email: 'ann@example.com', phone: '+44 20 7946 0000', order_no: 'QL-1' };
      expect(await say(visitor, 'Where is it?', { answers })).toMatchObject({ type: 'ack', seq: 1 });
      const events = await log(visitor);
      expect(events.map(({ type }) => type)).toEqual(['pre-chat', 'message']);
      expect(events[0]).toMatchObject({
        author: { kind: 'visitor', name: 'Ann' },
        fields: [
          { key: 'name', value: 'Ann' },
          { key: 'email', value: 'ann@example.com' },
          { key: 'phone', value: '+44 20 7946 0000' },
          { key: 'order_no', label: 'Order', value: 'QL-1' },
        ],
        missing: [],
      });
      expect(events[0]).not.toHaveProperty('visitorSeq');
      expect(await summary(visitor)).toMatchObject({ unread: 1, visitor: { name: 'Ann', email: 'ann@example.com' } });
      const { id } = (await summary(visitor)).visitor;
      const card = await operator.get<VisitorCard>(`/visitors/${id}`);
      expect(card).toMatchObject({ name: 'Ann', phone: '+44 20 7946 0000' });
      // And the visitor's own client knows from now on, so that nobody asks again.
      const again = await openVisitor(relay, { token: visitor.token });
      visitors.push(again);
      expect(again.reply.visitor).toMatchObject({ name: 'Ann', email: 'ann@example.com', phone: '+44 20 7946 0000' });
    });

    test('[PQ2, CM3] a repeated first message changes nothing', async () => {
      const visitor = await come();
      const id = '01980000-0000-7000-8000-0000000000aa';
      const frame = { type: 'message:send', id, n: 1, conversation: visitor.chat, text: 'Once' };
      const verdicts: RelayFrameOf<'ack' | 'reject'>[] = [];
      // The order of what stands in a site's own keys is nobody's.
      for (const answers of [
        { name: 'Ben', order_no: '7' },
        { order_no: '7', name: 'Ben' },
      ]) {
        const answer = await fetch(`${relay.url}/api/visitor/commands`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${visitor.token}` },
          body: JSON.stringify({
            hello: {
              ...{ type: 'hello', role: 'visitor', protocol: 1, site: relay.site.key, epoch: '', resume: [] },
              ...{ outbox: { id: '01980000-0000-7000-8000-0000000000ab', next: 1 }, page: { url: '', title: '' } },
            },
            frames: [{ ...frame, answers }],
          }),
        });
        verdicts.push(...((await answer.json()) as { frames: RelayFrameOf<'ack'>[] }).frames);
      }
      expect(verdicts).toMatchObject([
        { type: 'ack', seq: 1 },
        { type: 'ack', seq: 1 },
      ]);
      expect((await log(visitor)).map(({ type }) => type)).toEqual(['pre-chat', 'message']);
    });

    test('[PQ3] a message without answers is taken, and what is missing is named; one in an open chat is not asked anything', async () => {
      const visitor = await come();
      expect(await say(visitor, 'Old client')).toMatchObject({ type: 'ack' });
      await say(visitor, 'More');
      const events = await log(visitor);
      expect(events.map(({ type }) => type)).toEqual(['pre-chat', 'message', 'message']);
      expect(events[0]).toMatchObject({
        fields: [],
        missing: [{ key: 'name' }, { key: 'email' }, { key: 'order_no', label: 'Order' }],
      });
      // Answers that come late are kept as well.
      await say(visitor, 'Ann here', { answers: { name: 'Ann', email: 'nonsense' } });
      expect((await log(visitor)).slice(3)).toMatchObject([
        { type: 'pre-chat', fields: [{ key: 'name', value: 'Ann' }], missing: [] },
        { type: 'message' },
      ]);
      expect(await summary(visitor)).toMatchObject({ visitor: { name: 'Ann', email: null } });
    });

    test('[PQ2] what the site’s server has proved stands', async () => {
      const visitor = await come();
      const { t } = relay.store;
      await relay.store.tx((db) =>
        db
          .update(t.visitors)
          .set({ externalId: 'p', name: 'Proved' })
          .where(eq(t.visitors.id, visitor.reply.visitor.id)),
      );
      await say(visitor, 'Hello', { answers: { name: 'Somebody', email: 'real@example.com', order_no: '1' } });
      expect(await summary(visitor)).toMatchObject({ visitor: { name: 'Proved', email: 'real@example.com' } });
      expect((await log(visitor))[0]).toMatchObject({ fields: [{ key: 'name', value: 'Somebody' }, {}, {}] });
    });
  });
}
