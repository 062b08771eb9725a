import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryOutbox } from '../client/memory-outbox.ts';
import { createSession } from '../client/session.ts';
import { socketWire } from '../client/socket-wire.ts';
import { aloneTab } from '../client/tabs.ts';
import type { OpenWire } from '../client/wire.ts';
import type { RelayFrame, VisitorCommand } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { askSession, until } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { eventPage } from './store.ts';

let relay: TestRelay;
beforeAll(async () => {
  relay = await startTestRelay();
});
afterAll(() => relay.stop());

/** What happens to the line after each frame, drawn by fast-check: it goes on, loses a frame, doubles one, or breaks. */
type Fault = 'none' | 'lose' | 'double' | 'break';

/** A wire that damages what it carries, both ways, by a schedule. */
function lossy(wire: OpenWire, faults: () => Fault): OpenWire {
  return (hello, events) => {
    let over = false;
    const inner = wire(hello, {
      closed: (code) => {
        over = true;
        events.closed(code);
      },
      frame: (frame: RelayFrame) => {
        const fault = frame.type === 'welcome' ? 'none' : faults();
        if (over || fault === 'lose') return;
        if (fault === 'break') return inner.close();
        events.frame(frame);
        if (fault === 'double') events.frame(frame);
      },
    });
    return {
      close: inner.close,
      send: (frame) => {
        const fault = faults();
        if (fault === 'lose') return;
        if (fault === 'break') return inner.close();
        inner.send(frame);
        if (fault === 'double') inner.send(frame);
      },
    };
  };
}

test('[CM1] [CM3] [OB4] over any line that loses, doubles and breaks, each message stands once, in order', async () => {
  const weighted = fc.array(
    fc.oneof(
      { arbitrary: fc.constant<Fault>('none'), weight: 8 },
      { arbitrary: fc.constant<Fault>('lose'), weight: 1 },
      { arbitrary: fc.constant<Fault>('double'), weight: 1 },
      { arbitrary: fc.constant<Fault>('break'), weight: 1 },
    ),
    { minLength: 20, maxLength: 120 },
  );
  await fc.assert(
    fc.asyncProperty(weighted, fc.integer({ min: 1, max: 40 }), async (schedule, count) => {
      let at = 0;
      // After its schedule the line is sound, so that every run comes to an end.
      const faults = () => schedule[at++] ?? 'none';
      const reply = await askSession(relay);
      const chat = reply.conversation.id;
      const session = createSession<VisitorCommand>({
        wires: [lossy(socketWire(`${relay.url.replace('http', 'ws')}/api/visitor/socket?site=shop`), faults)],
        store: memoryOutbox<VisitorCommand>(),
        tabs: aloneTab,
        // A lost frame is noticed by silence, and a try waits up to 20 s: both a hundred times faster here. Only the
        // time a welcome may take stays long enough for a busy machine.
        timers: {
          now: () => Date.now() * 100,
          set: (fn, ms) => setTimeout(fn, ms === LIMITS.welcomeMs ? ms / 4 : ms / 100),
          clear: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
        },
        hello: (common) => ({
          ...{ type: 'hello', role: 'visitor', protocol: PROTOCOL, site: 'shop', token: reply.token ?? '' },
          page: { url: 'https://shop.example/', title: '', referrer: '' },
          ...common,
        }),
      });
      session.follow(chat, 0);
      session.connect();
      const texts = Array.from({ length: count }, (_, i) => `message ${i}`);
      for (const text of texts) await session.command({ type: 'message:send', conversation: chat, text });
      const shown = () => session.log(chat)?.events ?? [];
      const said = (events: readonly LogEvent[]) =>
        events.map((event) => (event.type === 'message' ? event.text : event.type));
      await until(
        () => session.outbox.pending.length === 0 && shown().length >= count,
        'all verdicts and all events',
        15_000,
      );
      session.destroy();

      expect(said(shown())).toEqual(texts);
      expect(shown().map(({ seq }) => seq)).toEqual(texts.map((_, i) => i + 1));
      const { read, t } = relay.store;
      const rows = await eventPage(read, t, { conversationId: chat, audience: 'staff', limit: 1_000 });
      expect(rows.map(({ body }) => (body as { text: string }).text)).toEqual(texts);
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);
