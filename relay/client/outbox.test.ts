import { expect, test } from 'vitest';
import type { ClientFrame, VisitorCommand } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { uuidv7 } from './ids.ts';
import { memoryOutbox } from './memory-outbox.ts';
import { createOutbox, type Verdict } from './outbox.ts';
import { aloneTab } from './tabs.ts';
import { realTimers } from './timers.ts';

const conversation = uuidv7();
const draft = (text: string) => ({ type: 'message:send', conversation, text }) as const;
const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

function make() {
  const sent: VisitorCommand[] = [];
  const verdicts: { text: string; verdict: Verdict }[] = [];
  const line = { up: true, renewals: 0 };
  const store = memoryOutbox<VisitorCommand>();
  const outbox = createOutbox<VisitorCommand>({
    store,
    tabs: aloneTab,
    timers: realTimers,
    send: (frame: ClientFrame) => {
      if (line.up) sent.push(frame as VisitorCommand);
      return line.up;
    },
    renewed: () => {
      line.renewals++;
    },
    onPending: () => {},
    onVerdict: (command, verdict) => verdicts.push({ text: 'text' in command ? command.text : '', verdict }),
  });
  const ack = ({ id, n }: { id: string; n: number }) =>
    outbox.receive({ type: 'ack', id, n, conversation, seq: n, at: new Date(0).toISOString() });
  return { outbox, store, sent, verdicts, line, ack };
}
const numbers = (commands: readonly VisitorCommand[]) => commands.map(({ n }) => n);
const upTo = (top: number) => Array.from({ length: top }, (_, i) => i + 1);

test('[OB3] at most 32 are on the way, in their order; each verdict lets the next go', async () => {
  const { outbox, sent, ack } = make();
  for (let i = 0; i < 40; i++) await outbox.add(draft(`${i}`));
  expect(numbers(sent)).toEqual(upTo(LIMITS.commandsInFlight));
  for (const command of sent.slice(0, 3)) ack(command);
  expect(numbers(sent)).toEqual(upTo(LIMITS.commandsInFlight + 3));
  expect(numbers(outbox.pending)).toEqual(upTo(40).slice(3));
});

test('[OB3a] a nudge and a new line send again what has no verdict', async () => {
  const { outbox, sent, ack, line } = make();
  for (const text of ['a', 'b', 'c']) await outbox.add(draft(text));
  ack(sent[1] as VisitorCommand);
  outbox.nudge();
  expect(numbers(sent)).toEqual([1, 2, 3, 1, 3]);
  line.up = false;
  await outbox.add(draft('d'));
  line.up = true;
  await outbox.online(1);
  expect(numbers(sent)).toEqual([1, 2, 3, 1, 3, 1, 3, 4]);
});

/** A tab that never leads, beside the one whose store this is; `told` is what it hears of it. */
function beside(store: ReturnType<typeof memoryOutbox<VisitorCommand>>) {
  let told = (_: unknown) => {};
  const outbox = createOutbox<VisitorCommand>({
    ...{ store, timers: realTimers, send: () => false, renewed: () => {}, onPending: () => {}, onVerdict: () => {} },
    tabs: {
      ...{ lead: () => {}, tell: () => {}, close: () => {} },
      onTold: (listener) => {
        told = listener;
      },
    },
  });
  return { outbox, told: (message: unknown) => told(message) };
}

test('[OB5] a verdict that comes while the list is read keeps the command out of it', async () => {
  const store = memoryOutbox<VisitorCommand>();
  const { outbox, told } = beside(store);
  const command = await store.add(draft('a'), uuidv7());
  told({ kind: 'added' });
  told({ kind: 'verdict', command, verdict: { type: 'ack' } });
  await tick();
  expect(outbox.pending).toEqual([]);
});

test('[OB5] a tab that did not hear another one’s verdict forgets the command at the next nudge', async () => {
  const store = memoryOutbox<VisitorCommand>();
  const { outbox, told } = beside(store);
  const command = await store.add(draft('a'), uuidv7());
  told({ kind: 'added' });
  await tick();
  expect(outbox.pending).toHaveLength(1);
  await store.settle(command.id);
  outbox.nudge();
  await tick();
  expect(outbox.pending).toEqual([]);
});

test('[OB5] the tab that heard a verdict dies before it is written down: who was told of it does so', async () => {
  const store = memoryOutbox<VisitorCommand>();
  const { outbox, told } = beside(store);
  const command = await store.add(draft('a'), uuidv7());
  told({ kind: 'added' });
  await tick();
  told({ kind: 'verdict', command, verdict: { type: 'ack' } });
  expect(await store.list()).toHaveLength(1);
  outbox.nudge();
  await tick();
  expect(await store.list()).toEqual([]);
  expect(outbox.pending).toEqual([]);
});

test('[OB3a] a nudge while the store still has what is settled sends it no more, and tells its verdict once', async () => {
  const { outbox, sent, verdicts, ack } = make();
  const command = await outbox.add(draft('a'));
  ack(command);
  outbox.nudge();
  await tick();
  outbox.nudge();
  ack(command);
  expect(numbers(sent)).toEqual([1]);
  expect(verdicts).toHaveLength(1);
});

test('[CM2] a retry goes back to the number it says', async () => {
  const { outbox, sent } = make();
  for (const text of ['a', 'b', 'c']) await outbox.add(draft(text));
  const { id, n } = sent[1] as VisitorCommand;
  outbox.receive({ type: 'retry', id, n, next: 1, code: 'out-of-order', message: '', retryAfterMs: 0 });
  await tick();
  expect(numbers(sent)).toEqual([1, 2, 3, 1, 2, 3]);
  expect(outbox.pending).toHaveLength(3);
});

test('[OB7] a relay that looks at a later number makes it new', async () => {
  const { outbox, sent, line } = make();
  await outbox.add(draft('a'));
  const before = await outbox.head();
  await outbox.online(9);
  expect(line.renewals).toBe(1);
  expect((await outbox.head()).id).not.toBe(before.id);
  expect(outbox.pending).toMatchObject([{ id: sent[0]?.id, n: 1 }]);
});

test('[CM3] a verdict that comes twice is told once', async () => {
  const { outbox, sent, verdicts, ack } = make();
  await outbox.add(draft('a'));
  ack(sent[0] as VisitorCommand);
  ack(sent[0] as VisitorCommand);
  expect(verdicts).toHaveLength(1);
});

test('[FR3] what fits in no frame is refused at once, and holds up nothing', async () => {
  const { outbox, store, sent } = make();
  await expect(outbox.add(draft('ж'.repeat(LIMITS.commandChars)))).rejects.toMatchObject({ code: 'too-long' });
  await outbox.add(draft('the next'));
  await tick();
  expect(sent).toMatchObject([{ n: 1, text: 'the next' }]);
  expect(await store.list()).toHaveLength(1);
});
