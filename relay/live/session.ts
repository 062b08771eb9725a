import type { LiveSession, SessionState } from '../bus/role.ts';
import type { CloseName } from '../protocol/close-codes.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { Connection } from './connection.ts';

let count = 0;
/** So little may be owed when the next page of a replay goes out, and so often that is looked at. */
const DRAINED_BYTES = 256 * 1024;
const DRAINED_MS = 5;

/** A session that has said nothing yet. Frames published while it is greeting wait, so that they follow the welcome. */
export function createSession(connection: Connection, now: number): LiveSession {
  return new Session(connection, now);
}

/** A class, since a relay holds tens of thousands: functions and accessors made for each would weigh over a kilobyte. */
class Session implements LiveSession {
  readonly id = ++count;
  readonly topics = new Set<string>();
  identity: unknown = undefined;
  lastHeardAt: number;
  commandsWaiting = 0;
  readonly #connection: Connection;
  #state: SessionState = 'greeting';
  /** Null where nothing waits. */
  #held: string[] | null = null;
  #heldChars = 0;

  constructor(connection: Connection, now: number) {
    this.#connection = connection;
    this.lastHeardAt = now;
  }

  get state() {
    return this.#state;
  }
  set state(next) {
    this.#state = next;
    const payloads = this.#held ?? [];
    this.#held = null;
    this.#heldChars = 0;
    if (next === 'live') for (const payload of payloads) this.#write(payload);
  }

  ping(): void {
    this.#connection.ping?.();
  }
  send(frame: RelayFrame): void {
    this.#write(JSON.stringify(frame));
  }
  deliver(payload: string): void {
    if (this.#state !== 'greeting') {
      this.#write(payload);
      return;
    }
    this.#held ??= [];
    this.#held.push(payload);
    this.#heldChars += payload.length;
    if (this.#heldChars > LIMITS.owedBytes) this.close('too-slow');
  }
  async drained(): Promise<void> {
    while (this.#state !== 'closed' && this.#connection.owed() > DRAINED_BYTES)
      await new Promise((resolve) => setTimeout(resolve, DRAINED_MS));
  }
  close(name: CloseName): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#held = null;
    this.#connection.close(name);
  }

  #write(payload: string): void {
    if (this.#state === 'closed') return;
    if (this.#connection.owed() > LIMITS.owedBytes) this.close('too-slow');
    else this.#connection.send(payload);
  }
}
