import type { Ack, ClientFrame, Command, Draft, Reject, Retry } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { uuidv7 } from './ids.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { Tabs } from './tabs.ts';
import type { Timers } from './timers.ts';

export type Verdict = Ack | Reject;

export interface OutboxOptions<C extends Command> {
  store: OutboxStore<C>;
  tabs: Tabs;
  timers: Timers;
  /** False when the line is down. */
  send(frame: ClientFrame): boolean;
  /** The outbox got a new id: the line has to say hello again. */
  renewed(): void;
  onPending(commands: readonly C[]): void;
  onVerdict(command: C, verdict: Verdict): void;
}

/** Keeps commands until they have their verdict, and sends them in their order [OB1–OB6]. */
export interface Outbox<C extends Command> {
  readonly pending: readonly C[];
  readonly durable: boolean;
  /** For hello: the outbox's id and its smallest number without a verdict. */
  head(): Promise<{ id: string; next: number }>;
  /** Resolves when the command is kept; it is sent by itself. Rejects with the code `too-long`, or when the device is full. */
  add(draft: Draft<C>): Promise<C>;
  /** The line is welcome again; `next` is the number the relay looks at next. */
  online(next: number): Promise<void>;
  receive(frame: Ack | Reject | Retry): void;
  /** Sends again what still has no verdict: a verdict may have been lost on a line that lives on. */
  nudge(): void;
  close(): void;
}

const RETRY_MS = 1_000;

type Told<C> = { kind: 'added' } | { kind: 'verdict'; command: C; verdict: Verdict };

export function createOutbox<C extends Command>(options: OutboxOptions<C>): Outbox<C> {
  const { store, tabs, timers, send, renewed, onPending, onVerdict } = options;
  let pending: C[] = [];
  /** By id and number: what had its verdict here may still stand in a list that is being read. */
  const settled = new Set<string>();
  let leading = false;
  /** The highest number sent over the present line. */
  let sentTo = 0;
  let pausedUntil: unknown;

  const keep = (commands: C[]) => {
    pending = commands;
    onPending(commands);
  };
  /** The tab that heard a verdict may die before it is written down: who knows of it does so at the next look. */
  const isWaiting = ({ id, n }: C) => {
    const known = settled.has(id + n);
    if (known) store.settle(id);
    return !known;
  };
  const load = async () => {
    const kept = await store.list();
    keep(kept.filter(isWaiting));
  };
  const pump = () => {
    if (!leading || pausedUntil) return;
    let onTheWay = pending.filter(({ n }) => n <= sentTo).length;
    for (const command of pending) {
      if (command.n <= sentTo) continue;
      if (onTheWay++ >= LIMITS.commandsInFlight || !send(command as ClientFrame)) return;
      sentTo = command.n;
    }
  };
  const reload = () => load().then(pump, () => {});
  const settle = (command: C, verdict: Verdict) => {
    settled.add(command.id + command.n);
    keep(pending.filter(({ id }) => id !== command.id));
    onVerdict(command, verdict);
  };
  const renew = async () => {
    await store.renew();
    sentTo = 0;
    await load();
    renewed();
  };

  const nudge = () => {
    sentTo = 0;
    pump();
    // What other tabs wrote is in the store; and a list that was read just before another tab's verdict, which this one
    // did not hear, still has that command.
    reload();
  };

  tabs.lead((now) => {
    leading = now;
    nudge();
  });
  tabs.onTold((message) => {
    const told = message as Told<C>;
    if (told.kind === 'verdict') settle(told.command, told.verdict);
    else reload();
  });

  return {
    get pending() {
      return pending;
    },
    durable: store.durable,
    async head() {
      const [head, kept] = await Promise.all([store.head(), store.list()]);
      return { id: head.id, next: kept[0]?.n ?? head.next };
    },
    async add(draft) {
      // It would end the line each time it is sent, and hold up all that is behind it.
      if (JSON.stringify(draft).length > LIMITS.commandChars)
        throw Object.assign(new Error('too-long'), { code: 'too-long' });
      const command = await store.add(draft, uuidv7());
      // The other road into the list is `load`, which may have been faster.
      if (!pending.some(({ id }) => id === command.id)) keep([...pending, command].sort((a, b) => a.n - b.n));
      tabs.tell({ kind: 'added' });
      pump();
      return command;
    },
    async online(next) {
      sentTo = 0;
      timers.clear(pausedUntil);
      pausedUntil = undefined;
      if (next > (await store.head()).next) return renew();
      await reload();
    },
    receive(frame) {
      if (frame.type === 'retry') {
        if (frame.next > frame.n) return renew();
        // Everything from `next` on goes again, after a pause unless only the order was wrong.
        sentTo = frame.next - 1;
        timers.clear(pausedUntil);
        pausedUntil = timers.set(() => {
          pausedUntil = undefined;
          pump();
        }, frame.retryAfterMs ?? RETRY_MS);
        return;
      }
      const command = pending.find(({ id }) => id === frame.id);
      if (!command) return;
      settle(command, frame);
      tabs.tell({ kind: 'verdict', command, verdict: frame });
      store.settle(command.id);
      pump();
    },
    nudge,
    close() {
      timers.clear(pausedUntil);
      tabs.close();
      store.close();
    },
  };
}
