import { mayRetry } from '../protocol/close-codes.ts';
import type { ClientFrame, RelayFrame } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { realTimers, type Timers } from './timers.ts';
import type { Hello, OpenWire, Wire } from './wire.ts';

/**
 * `idle`: not wanted. `connecting`: until `welcome`. `online`: after it. `waiting`: between two tries.
 * `refused`: the relay said not to come back.
 */
export type LineState = 'idle' | 'connecting' | 'online' | 'waiting' | 'refused';

export interface LineOptions {
  /** Ways to the relay, best first; the next one is tried when no welcome came in time. */
  wires: OpenWire[];
  /** Made anew for each try; it may have to ask the device's store. */
  hello(): Promise<Hello>;
  onFrame(frame: RelayFrame): void;
  onState(state: LineState, code?: number): void;
  timers?: Timers | undefined;
  random?: (() => number) | undefined;
}

/** A connection that comes back by itself: full jitter from 0.5 s to 20 s, at once on `wake()` [HS6]. */
export interface Line {
  readonly state: LineState;
  connect(): void;
  disconnect(): void;
  /** False when the line is not online; the frame is then not sent. */
  send(frame: ClientFrame): boolean;
  /** The network or the page came back: do not wait any longer. */
  wake(): void;
}

/** A way that has led to the relay is tried so often before another one: who is away then is the relay. */
const TRUSTED_TRIES = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

export function createLine({
  wires,
  hello,
  onFrame,
  onState,
  timers = realTimers,
  random = Math.random,
}: LineOptions): Line {
  let state: LineState = 'idle';
  let wire: Wire | undefined;
  /** Counts tries, so that what an abandoned one still says is not heard. */
  let attempt = 0;
  let failures = 0;
  let chosen = 0;
  let timer: unknown;
  let returnAfterMs = 0;
  /** When something came, in this try or one before; none yet: 0. */
  let lastHeardAt = 0;

  const become = (next: LineState, code?: number) => {
    state = next;
    onState(next, code);
  };
  const later = (fn: () => void, ms: number) => {
    timers.clear(timer);
    timer = timers.set(fn, ms);
  };
  const drop = () => {
    attempt++;
    timers.clear(timer);
    const old = wire;
    wire = undefined;
    old?.close();
  };

  const lost = (code: number) => {
    drop();
    if (!mayRetry(code)) return become('refused', code);
    if (state !== 'online' && (!lastHeardAt || failures >= TRUSTED_TRIES)) chosen++;
    // After a welcome the failures stand at none: the first try is a quick one.
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++);
    const wait = returnAfterMs ? returnAfterMs * (1 + random() / 2) : random() * ceiling;
    returnAfterMs = 0;
    become('waiting', code);
    later(open, wait);
  };

  /** Silence is measured, not re-timed per frame: one timer looks when it could first have lasted too long. */
  const watch = () => {
    const quiet = timers.now() - lastHeardAt;
    if (quiet >= LIMITS.silenceMs) lost(1006);
    else later(watch, LIMITS.silenceMs - quiet);
  };

  const open = async () => {
    const mine = ++attempt;
    const current = () => mine === attempt;
    become('connecting');
    later(() => lost(1006), LIMITS.welcomeMs);
    const greeting = await hello();
    if (!current()) return;
    const opened = (wires[chosen % wires.length] as OpenWire)(greeting, {
      frame: (frame) => {
        if (!current()) return;
        lastHeardAt = timers.now();
        if (frame.type === 'welcome') {
          failures = 0;
          watch();
          become('online');
        }
        if (frame.type === 'goodbye') returnAfterMs = frame.retryAfterMs;
        if (frame.type === 'heartbeat') wire?.send({ type: 'pong' });
        onFrame(frame);
      },
      closed: (code) => {
        if (current()) lost(code);
      },
    });
    if (current()) wire = opened;
    else opened.close();
  };

  return {
    get state() {
      return state;
    },
    connect() {
      if (state === 'idle' || state === 'refused') open();
    },
    disconnect() {
      drop();
      become('idle');
    },
    send(frame) {
      if (state !== 'online' || !wire) return false;
      wire.send(frame);
      return true;
    },
    wake() {
      if (state === 'waiting' && !returnAfterMs) open();
    },
  };
}
