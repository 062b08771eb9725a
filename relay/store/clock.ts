/** Where time comes from: milliseconds since 1970. Tests pass a clock of their own. */
export interface Clock {
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };
