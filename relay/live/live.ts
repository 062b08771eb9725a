import type { Bus } from '../bus/bus.ts';
import type { CommandHead, LiveSession, RoleHandlers, Verdict } from '../bus/role.ts';
import type { CloseName } from '../protocol/close-codes.ts';
import { type ErrorCode, FrontdeskError } from '../protocol/errors.ts';
import type { RelayFrame } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { Connection } from './connection.ts';
import { readFrame, readParsedFrame } from './frame-reader.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createHub, type Hub } from './hub.ts';
import { returnAfterMs } from './return-times.ts';
import { createSession } from './session.ts';

export interface Role<Identity, Hello, Pass> {
  /** Takes over a connection; the answer is fed with what comes from it. */
  accept(connection: Connection, pass: Pass): { receive(raw: string): void; gone(): void };
  /** Answers frames that came without a standing session (POST): verdicts of commands, what a `follow` asked for. */
  answer(hello: Hello, pass: Pass, frames: readonly unknown[]): Promise<RelayFrame[]>;
  readonly sessions: ReadonlySet<LiveSession<Identity>>;
}

type ErrorFrame = { type: 'error' } & ReturnType<FrontdeskError['toWire']>;
const errorFrame = (error: FrontdeskError): ErrorFrame => ({ type: 'error', ...error.toWire() });

/** Errors of hello that end the line, and the close code that says so. */
const fatal: Partial<Record<ErrorCode, CloseName>> = {
  unauthorised: 'unauthorised',
  'forbidden-origin': 'forbidden-origin',
  'unknown-site': 'unknown-site',
  'bad-request': 'bad-protocol',
  'slow-down': 'overloaded',
};
/** Unreadable frames after which a client is not one of ours. */
const BAD_FRAMES = 20;

export interface LiveOptions {
  bus: Bus;
  now(): number;
  /** Told of what should not happen; a client sees `internal` only. */
  onError(error: unknown, where: string): void;
}

/** The relay's sockets: sessions, their frames, heartbeats and who follows what. Knows no domain rule and no table. */
export interface Live {
  readonly hub: Hub;
  role<I, H, C, S, P>(handlers: RoleHandlers<I, H, C, S, P>): Role<I, H, P>;
  readonly count: number;
  /**
   * Asks every client, and whoever comes now, to come back later; takes no command more. A socket closes when its
   * commands have their verdicts, after `patienceMs` at the latest. Resolves when all are closed.
   */
  drain(patienceMs: number): Promise<void>;
  stop(): void;
}

export function createLive({ bus, now, onError }: LiveOptions): Live {
  const hub = createHub(bus);
  const heartbeat = createHeartbeat(now);
  const all = new Set<LiveSession>();
  let drained: (() => void) | null = null;
  let sentAway = 0;

  /** A session without open commands ends at once; others with their last verdict. */
  const sendAway = (session: LiveSession) => {
    session.send({ type: 'goodbye', retryAfterMs: returnAfterMs(sentAway++) });
    if (session.commandsWaiting === 0) session.close('draining');
  };

  const asError = (error: unknown, where: string): FrontdeskError => {
    if (error instanceof FrontdeskError) return error;
    onError(error, where);
    return new FrontdeskError('internal');
  };

  const role = <I, H, C, S, P>(handlers: RoleHandlers<I, H, C, S, P>): Role<I, H, P> => {
    const sessions = new Set<LiveSession<I>>();
    const beat = (session: LiveSession<I>) => session.send({ type: 'heartbeat', ...handlers.heartbeat(session) });

    const accept = (connection: Connection, pass: P) => {
      const session = createSession(connection, now()) as LiveSession<I>;
      let badFrames = 0;
      let early: string[] = [];
      let greeted = false;
      all.add(session);

      const gone = () => {
        clearTimeout(helloTimer);
        if (!all.delete(session)) return;
        session.state = 'closed';
        if (all.size === 0) drained?.();
        heartbeat.remove(session);
        hub.leaveAll(session);
        if (sessions.delete(session)) handlers.gone(session);
      };
      const helloTimer = setTimeout(() => {
        session.close('hello-late');
        gone();
      }, LIMITS.helloMs);

      const greet = async (hello: H) => {
        greeted = true;
        clearTimeout(helloTimer);
        try {
          const identity = await handlers.enter(hello, pass);
          if (session.state === 'closed') return;
          session.identity = identity;
          sessions.add(session);
          await handlers.welcome(session, hello);
          // It ended meanwhile: what the welcome began after that ends with it.
          if ((session.state as string) === 'closed') return handlers.gone(session);
          session.state = 'live';
          heartbeat.add(session, beat);
          const waiting = early;
          early = [];
          for (const raw of waiting) receive(raw);
        } catch (error) {
          const said = asError(error, 'hello');
          session.send(errorFrame(said));
          if (said.detail.retryAfterMs) session.send({ type: 'goodbye', retryAfterMs: said.detail.retryAfterMs });
          session.close(fatal[said.code] ?? 'store-unsure');
          gone();
        }
      };
      const answer = (verdict: Promise<Verdict>) => {
        session.commandsWaiting++;
        verdict.then(
          (frame) => {
            session.commandsWaiting--;
            session.send(frame);
            if (drained && session.commandsWaiting === 0) session.close('draining');
          },
          (error) => {
            // The outcome is unknown: no verdict may be given; the client comes back and asks again.
            onError(error, 'command');
            session.close('store-unsure');
            gone();
          },
        );
      };

      const receive = (raw: string) => {
        // What comes after the goodbye is still in the client's outbox, and goes to the relay that comes next.
        if (session.state === 'closed' || drained) return;
        session.lastHeardAt = now();
        if (greeted && session.state === 'greeting') {
          if (early.length < LIMITS.commandsQueued) early.push(raw);
          return;
        }
        const reading = readFrame(handlers.schemas, raw);
        if (reading.kind === 'bad') {
          session.send(errorFrame(reading.error));
          if (++badFrames >= BAD_FRAMES) {
            session.close('bad-frame');
            gone();
          }
          return;
        }
        if (reading.kind === 'hello') {
          if (greeted) session.send(errorFrame(new FrontdeskError('bad-frame', 'Hello was said already.')));
          else greet(reading.hello);
          return;
        }
        if (!greeted) return session.send(errorFrame(new FrontdeskError('hello-first')));
        if (reading.kind === 'sign') {
          Promise.resolve()
            .then(() => handlers.sign(session, reading.sign))
            .catch((error) => session.send(errorFrame(asError(error, 'sign'))));
          return;
        }
        const { id, n } = reading.kind === 'command' ? (reading.command as CommandHead) : reading.head;
        if (session.commandsWaiting >= LIMITS.commandsQueued)
          return session.send({
            type: 'retry',
            id,
            n,
            next: n,
            ...new FrontdeskError('slow-down').toWire(),
            retryAfterMs: 1_000,
          });
        answer(
          reading.kind === 'command'
            ? handlers.command(session.identity, reading.command)
            : handlers.refuse(session.identity, reading.head, reading.error),
        );
      };
      if (drained) sendAway(session);
      return { receive, gone };
    };

    return {
      sessions,
      accept,
      async answer(hello, pass, frames) {
        const identity = await handlers.enter(hello, pass);
        const said: RelayFrame[] = [];
        const passing = createSession(
          { send: (payload) => said.push(JSON.parse(payload) as RelayFrame), close: () => {}, owed: () => 0 },
          now(),
        ) as LiveSession<I>;
        passing.identity = identity;
        const answers = frames.map(async (frame): Promise<Verdict | ErrorFrame | undefined> => {
          const reading = readParsedFrame(handlers.schemas, frame);
          if (reading.kind === 'command') return handlers.command(identity, reading.command);
          if (reading.kind === 'refused') return handlers.refuse(identity, reading.head, reading.error);
          if (reading.kind === 'bad') return errorFrame(reading.error);
          if (reading.kind === 'sign') await handlers.sign(passing, reading.sign);
          return undefined;
        });
        const settled = await Promise.all(answers);
        return [...settled.filter((frame) => frame !== undefined), ...said];
      },
    };
  };

  return {
    hub,
    role,
    get count() {
      return all.size;
    },
    drain: (patienceMs) =>
      new Promise((resolve) => {
        drained = resolve;
        setTimeout(() => {
          for (const session of all) session.close('draining');
        }, patienceMs).unref();
        for (const session of all) sendAway(session);
        if (all.size === 0) resolve();
      }),
    stop: heartbeat.stop,
  };
}
