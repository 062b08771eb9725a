import type { Socket } from 'node:net';
import type { Bus } from '../bus/bus.ts';
import type { Persistence } from '../store/index.ts';

/** Places where a relay may be made to die; each is put in from outside, the release code has none. */
export const CRASH_POINTS = [
  /** Everything of a transaction is written, its COMMIT is not. */
  'before-commit',
  /** Committed; neither told nor acknowledged. */
  'after-commit',
  /** Acknowledged; what others should see has not gone out. */
  'after-ack',
  /** The first audience was told; the others and the sender were not. */
  'after-fan-out',
  /** Just when a page of a replay is to be written. */
  'during-replay',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

export interface CrashPoints {
  /** The relay dies when it comes to this point for the `nth` time from now. */
  arm(point: CrashPoint, nth: number): void;
  store(inner: Persistence): Persistence;
  bus(inner: Bus): Bus;
  socket(socket: Socket): void;
}

/** So long what was written to a socket may take to leave the process. */
const LEAVE_MS = 4;

/** The points of one process; `die` ends it with no farewell. */
export function createCrashPoints(die: () => void): CrashPoints {
  let armed: { point: CrashPoint; left: number } | undefined;
  const reached = (point: CrashPoint): boolean => armed?.point === point && --armed.left <= 0;
  const dieSoon = () => new Promise<never>(() => setTimeout(die, LEAVE_MS));

  return {
    arm(point, nth) {
      armed = { point, left: nth };
    },
    store: (inner) => ({
      ...inner,
      async tx(fn) {
        const result = await inner.tx(async (db) => {
          const made = await fn(db);
          if (reached('before-commit')) await dieSoon();
          return made;
        });
        if (reached('after-commit')) await dieSoon();
        return result;
      },
    }),
    bus(inner) {
      let silent = false;
      return {
        ...inner,
        publish(topic, payload) {
          if (!silent && reached('after-ack')) {
            silent = true;
            setTimeout(die, LEAVE_MS);
          }
          if (silent) return;
          inner.publish(topic, payload);
          if (reached('after-fan-out')) die();
        },
      };
    },
    socket(socket) {
      const write = socket.write.bind(socket);
      socket.write = ((chunk: string | Uint8Array, ...rest: []) => {
        if (armed?.point === 'during-replay' && startsWithReplay(chunk) && reached('during-replay')) die();
        return write(chunk, ...rest);
      }) as Socket['write'];
    },
  };
}

const startsWithReplay = (chunk: string | Uint8Array): boolean =>
  String(typeof chunk === 'string' ? chunk.slice(0, 64) : Buffer.from(chunk).subarray(0, 64)).includes(
    '"type":"replay"',
  );
