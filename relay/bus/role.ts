import type { z } from 'zod';
import type { CloseName } from '../protocol/close-codes.ts';
import type { FrontdeskError } from '../protocol/errors.ts';
import type { Ack, Reject, RelayFrame, Retry } from '../protocol/frames.ts';

/**
 * `greeting`: no welcome yet. `live`: after it. `closed`: nothing more goes either way.
 */
export type SessionState = 'greeting' | 'live' | 'closed';

/** One socket (or event stream) of one client on this relay. Not a visit, not a sign-in. */
export interface LiveSession<Identity = unknown> {
  readonly id: number;
  readonly topics: Set<string>;
  state: SessionState;
  /** Who this is; set by the role's `enter`. */
  identity: Identity;
  lastHeardAt: number;
  /** Commands handed over that have no verdict yet. */
  commandsWaiting: number;
  send(frame: RelayFrame): void;
  /** Sends what is serialised already, if it may be sent yet. */
  deliver(payload: string): void;
  /** Resolves when the client has read most of what it was sent, or is gone; who sends much waits for it. */
  drained(): Promise<void>;
  /** Asks the other end for a sign of life that costs the page nothing, where the carrier has one. */
  ping(): void;
  close(name: CloseName): void;
}

/** What every command has: its sender's id and running number. */
export interface CommandHead {
  id: string;
  n: number;
}

export type Verdict = Ack | Reject | Retry;

/** The shapes of a role's frames, and which types are commands and which signs. */
export interface FrameSchemas<Hello, Command, Sign> {
  hello: z.ZodType<Hello>;
  command: z.ZodType<Command>;
  sign: z.ZodType<Sign>;
  /** Frame types that are commands. */
  commandTypes: ReadonlySet<string>;
  signTypes: ReadonlySet<string>;
}

/** Port: what a role's frames mean; registered by the composition root. `Pass` is what the upgrade already proved. */
export interface RoleHandlers<Identity, Hello, Command, Sign, Pass> {
  schemas: FrameSchemas<Hello, Command, Sign>;
  /** Proves who says hello; throws a FrontdeskError otherwise. */
  enter(hello: Hello, pass: Pass): Promise<Identity>;
  /** Subscribes, sends the welcome and what was missed. */
  welcome(session: LiveSession<Identity>, hello: Hello): Promise<void>;
  command(identity: Identity, command: Command): Promise<Verdict>;
  /** Takes the number of a command whose body was not allowed, so that the next one is not stuck behind it. */
  refuse(identity: Identity, head: CommandHead, error: FrontdeskError): Promise<Verdict>;
  sign(session: LiveSession<Identity>, sign: Sign): void | Promise<void>;
  /** Top numbers for the heartbeat. */
  heartbeat(session: LiveSession<Identity>): { tops: Record<string, number>; change?: number };
  gone(session: LiveSession<Identity>): void;
}
