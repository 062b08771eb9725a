import { computed, type ReadonlySignal, signal } from '@preact/signals';

/** The time by the relay's clock, as signals that tick. */
export interface TickingClock {
  /** Each second. */
  readonly second: ReadonlySignal<number>;
  /** Each ten seconds, for what is shown in minutes. */
  readonly coarse: ReadonlySignal<number>;
  /** The relay said what time it is there. */
  setNow(relayNow: number): void;
  stop(): void;
}

export function createTickingClock(): TickingClock {
  let offset = 0;
  const second = signal(Date.now());
  const timer = setInterval(() => {
    second.value = Date.now() + offset;
  }, 1_000);
  return {
    second,
    coarse: computed(() => Math.floor(second.value / 10_000) * 10_000),
    setNow(relayNow) {
      offset = relayNow - Date.now();
      second.value = relayNow;
    },
    stop: () => clearInterval(timer),
  };
}
