import type { ClientFrame, Command, Draft, RelayFrame, RelayFrameOf, ResumePoint } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { createLine, type LineState } from './line.ts';
import { createLog, type Log } from './log.ts';
import { createOutbox, type Outbox, type Verdict } from './outbox.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { Tabs } from './tabs.ts';
import { realTimers, type Timers } from './timers.ts';
import type { Hello, OpenWire } from './wire.ts';

export interface SessionOptions<C extends Command> {
  wires: OpenWire[];
  store: OutboxStore<C>;
  /** Completes the hello with what is the role's own. */
  hello(common: { outbox: { id: string; next: number }; epoch: string; resume: ResumePoint[] }): Hello;
  tabs: Tabs;
  timers?: Timers;
  random?: () => number;
}

export interface SessionEvents<C extends Command> {
  state: { state: LineState; code?: number | undefined };
  welcome: RelayFrameOf<'welcome'>;
  /** Every frame the session does not treat itself, and what is answered to commands. */
  frame: RelayFrame;
  /** A log grew at its end. `live`: it happened just now, it was not replayed. */
  event: { log: Log; event: LogEvent; live: boolean };
  /** Logs were dropped, since the relay cannot continue them: load anew. */
  resync: undefined;
  pending: readonly C[];
  verdict: { command: C; verdict: Verdict };
}

/** One client of the relay: a line, an outbox and the logs it follows. */
export interface Session<C extends Command> extends Pick<Emitter<SessionEvents<C>>, 'on'> {
  readonly state: LineState;
  readonly outbox: Outbox<C>;
  connect(): void;
  disconnect(): void;
  wake(): void;
  command(draft: Draft<C>): Promise<C>;
  /** Sends what may be lost; false when the line is down. */
  sign(frame: ClientFrame): boolean;
  log(conversation: string): Log | undefined;
  /** Follows a conversation of which everything up to `top` is known. */
  follow(conversation: string, top: number): Log;
  unfollow(conversation: string): void;
  destroy(): void;
}

export function createSession<C extends Command>(options: SessionOptions<C>): Session<C> {
  const { wires, store, hello, tabs, timers = realTimers, random } = options;
  const { on, emit } = createEmitter<SessionEvents<C>>();
  const logs = new Map<string, Log>();
  /** Conversations whose missing events were asked for and have not come yet. */
  const asked = new Set<string>();
  let epoch = '';

  // A frame with more of them would be refused whole.
  const points = () =>
    [...logs.values()].slice(-LIMITS.followed).map(({ conversation, top }) => ({ conversation, seq: top }));
  const ask = ({ conversation }: Log) => {
    if (asked.has(conversation)) return;
    // All of them: what a `follow` does not name is not followed any more.
    if (line.send({ type: 'follow', conversations: points() })) asked.add(conversation);
  };
  const follow = (conversation: string, top: number): Log => {
    const known = logs.get(conversation);
    if (known) return known;
    const log = createLog(conversation, top);
    logs.set(conversation, log);
    return log;
  };
  const take = (event: LogEvent, live: boolean) => {
    // An event of a conversation not seen before is its first one for this client.
    const log = follow(event.conversation, event.seq - 1);
    const before = log.top;
    const outcome = log.receive(event);
    if (outcome === 'ahead') ask(log);
    if (outcome === 'added')
      for (const added of log.events.filter(({ seq }) => seq > before)) emit('event', { log, event: added, live });
  };

  const receive = (frame: RelayFrame) => {
    switch (frame.type) {
      case 'welcome':
        asked.clear();
        if (epoch && epoch !== frame.epoch) logs.clear();
        epoch = frame.epoch;
        emit('welcome', frame);
        outbox.online(frame.next).catch(() => {});
        return;
      case 'ack':
      case 'reject':
      case 'retry':
        outbox.receive(frame);
        break;
      case 'event':
        return take(frame.event, true);
      case 'replay': {
        for (const event of frame.events) take(event, false);
        if (!frame.more) asked.delete(frame.conversation);
        return;
      }
      case 'resync':
        if (frame.conversation) logs.delete(frame.conversation);
        else logs.clear();
        return emit('resync', undefined);
      case 'heartbeat':
        // What was asked for at the last one and has not come was lost.
        asked.clear();
        for (const [conversation, top] of Object.entries(frame.tops)) {
          const log = logs.get(conversation);
          if (log && top > log.top) ask(log);
        }
        outbox.nudge();
        break;
    }
    emit('frame', frame);
  };

  const line = createLine({
    wires,
    timers,
    random,
    hello: async () => hello({ outbox: await outbox.head(), epoch, resume: points() }),
    onFrame: receive,
    onState: (state, code) => emit('state', { state, code }),
  });
  const outbox = createOutbox<C>({
    store,
    tabs,
    timers,
    send: (frame) => line.send(frame),
    renewed: () => {
      line.disconnect();
      line.connect();
    },
    onPending: (pending) => emit('pending', pending),
    onVerdict: (command, verdict) => emit('verdict', { command, verdict }),
  });

  return {
    on,
    outbox,
    get state() {
      return line.state;
    },
    connect: line.connect,
    disconnect: line.disconnect,
    wake: line.wake,
    command: (draft) => outbox.add(draft),
    sign: (frame) => line.send(frame),
    log: (conversation) => logs.get(conversation),
    follow,
    unfollow: (conversation) => {
      logs.delete(conversation);
    },
    destroy() {
      line.disconnect();
      outbox.close();
    },
  };
}
