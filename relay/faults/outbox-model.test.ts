import { and, asc, eq, gt } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryOutbox } from '../client/memory-outbox.ts';
import { createOutbox, type Verdict } from '../client/outbox.ts';
import { aloneTab } from '../client/tabs.ts';
import type { ClientFrame, RelayFrame, VisitorCommand } from '../protocol/frames.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { askSession } from '../testing/clients.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';

/** 2,000 in `npm test`, 20,000 by `npm run test:long`. */
const RUNS = Number(process.env.MODEL_RUNS ?? 2_000);
/** So many visitors take turns; each run goes on in the conversation of one of them. */
const VISITORS = 50;

interface Person {
  token: string;
  chat: string;
}
let relay: TestRelay;
const people: Person[] = [];
beforeAll(async () => {
  relay = await startTestRelay();
  for (let i = 0; i < VISITORS; i++) {
    const reply = await askSession(relay);
    people.push({ token: reply.token ?? '', chat: reply.conversation.id });
  }
});
afterAll(() => relay.stop());

/**
 * What may happen next. `carry`: so many frames that wait on the line reach the relay, whose verdicts wait on the way
 * back. `break`: the line is lost with all that is on it, and there is a new one. `restart`: so is the relay's memory.
 */
type Step =
  | { do: 'add' | 'nudge' | 'break' | 'restart' }
  | { do: 'carry' | 'hear'; many: number }
  | { do: 'lose' | 'double' | 'swap'; way: 'there' | 'back' };

const way = fc.constantFrom('there' as const, 'back' as const);
const steps = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant<Step>({ do: 'add' }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('carry' as const, 'hear' as const),
        many: fc.integer({ min: 1, max: 8 }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom('lose' as const, 'double' as const, 'swap' as const), way }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'nudge' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'break' }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 3, maxLength: 24 },
);

/** The shipped outbox on a line of this test's making. */
function client(person: Person) {
  const there: VisitorCommand[] = [];
  const back: RelayFrame[] = [];
  const added: string[] = [];
  const verdicts = new Map<string, Verdict[]>();
  let renewed = false;
  const outbox = createOutbox<VisitorCommand>({
    store: memoryOutbox<VisitorCommand>(),
    tabs: aloneTab,
    // A pause is over at once: what matters is the order of things, not their times.
    timers: {
      now: () => 0,
      set: (fn) => setImmediate(fn),
      clear: (handle) => clearImmediate(handle as NodeJS.Immediate),
    },
    send: (frame: ClientFrame) => there.push(frame as VisitorCommand) > 0,
    renewed: () => {
      renewed = true;
    },
    onPending: () => {},
    onVerdict: (command, verdict) => verdicts.set(command.id, [...(verdicts.get(command.id) ?? []), verdict]),
  });
  const rest = () => new Promise<void>((resolve) => setImmediate(resolve));

  async function greet(): Promise<void> {
    there.length = 0;
    back.length = 0;
    const { id, next } = await outbox.head();
    const { t, read } = relay.store;
    const [row] = await read.select({ next: t.outboxes.next }).from(t.outboxes).where(eq(t.outboxes.id, id));
    await outbox.online(Math.max(row?.next ?? 1, next));
    await rest();
  }
  return {
    ...{ outbox, there, back, added, verdicts },
    greet,
    async add() {
      const { id } = await outbox.add({ type: 'message:send', conversation: person.chat, text: `${added.length}` });
      added.push(id);
    },
    async carry(many: number) {
      const frames = there.splice(0, many);
      if (frames.length === 0) return;
      const hello = {
        ...{ type: 'hello', role: 'visitor', protocol: PROTOCOL, site: 'shop', epoch: '', resume: [] },
        page: { url: 'https://shop.example/', title: '', referrer: '' },
        outbox: await outbox.head(),
      };
      const answer = await relay.relay.app.request(
        '/api/visitor/commands',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${person.token}` },
          body: JSON.stringify({ hello, frames }),
        },
        // What the address is read from.
        { incoming: { socket: { remoteAddress: '127.0.0.1' }, headers: {} } },
      );
      back.push(...((await answer.json()) as { frames: RelayFrame[] }).frames);
    },
    async hear(many: number) {
      for (const frame of back.splice(0, many))
        if (frame.type === 'ack' || frame.type === 'reject' || frame.type === 'retry') outbox.receive(frame);
      await rest();
      if (!renewed) return;
      renewed = false;
      await greet();
    },
  };
}

async function take(mine: ReturnType<typeof client>, step: Step): Promise<void> {
  const queue: unknown[] = 'way' in step && step.way === 'back' ? mine.back : mine.there;
  switch (step.do) {
    case 'add':
      return mine.add();
    case 'nudge':
      return mine.outbox.nudge();
    case 'carry':
      return mine.carry(step.many);
    case 'hear':
      return mine.hear(step.many);
    case 'lose':
      queue.shift();
      return;
    case 'double':
      if (queue.length) queue.unshift(queue[0]);
      return;
    case 'swap':
      if (queue.length > 1) queue.splice(0, 2, queue[1], queue[0]);
      return;
    case 'break':
      return mine.greet();
    case 'restart': {
      const { dataDir } = relay;
      await relay.stop();
      relay = await startTestRelay({ dataDir });
      return mine.greet();
    }
  }
}

test(
  `[CM1] [CM2] [CM3] [OB1] [OB7] ${RUNS} schedules of lost, doubled, exchanged frames, broken lines and restarts: each message once, in order`,
  async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 0, max: 99 }), async (schedule, luck) => {
        const person = people[run++ % VISITORS] as Person;
        const { t } = relay.store;
        const mineOnly = (after: number) =>
          relay.store.read
            .select()
            .from(t.events)
            .where(and(eq(t.events.conversationId, person.chat), gt(t.events.seq, after)))
            .orderBy(asc(t.events.seq));
        const [head] = await relay.store.read
          .select({ seq: t.conversations.staffSeq })
          .from(t.conversations)
          .where(eq(t.conversations.id, person.chat));
        const base = head?.seq ?? 0;
        const mine = client(person);
        await mine.greet();
        for (const [index, step] of schedule.entries())
          await take(mine, index === 10 && luck === 0 ? { do: 'restart' } : step);
        for (let tries = 0; mine.outbox.pending.length > 0; tries++) {
          if (tries > 20) throw new Error(`${mine.outbox.pending.length} commands never get their verdict`);
          await mine.greet();
          await mine.carry(100);
          await mine.hear(100);
        }
        mine.outbox.close();

        const rows = await mineOnly(base);
        expect(rows.map(({ commandId }) => commandId)).toEqual(mine.added);
        expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => base + index + 1));
        for (const row of rows)
          expect(mine.verdicts.get(row.commandId)).toMatchObject([
            { type: 'ack', conversation: person.chat, seq: row.visitorSeq },
          ]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  RUNS * 300 + 60_000,
);
