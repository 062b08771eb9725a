import type { Clock } from '../store/clock.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Forward, in milliseconds. */
  advance(ms: number): void;
  set(at: number | string): void;
}

/** Starts at `at` (milliseconds, or an ISO time); 1 September 2026, 12:00 UTC when not said. */
export function testClock(at: number | string = '2026-09-01T12:00:00.000Z'): TestClock {
  let now = new Date(at).getTime();
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
    set(to) {
      now = new Date(to).getTime();
    },
  };
}
