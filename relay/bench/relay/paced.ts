import { performance } from 'node:perf_hooks';
import { sleep } from '../statistics.ts';

/**
 * Calls `send` at an even rate for some time, in steps of a millisecond: what came late is made up for, so that a server
 * that stalls is charged for it.
 */
export async function paced(perSecond: number, seconds: number, send: (n: number) => void): Promise<void> {
  const begun = performance.now();
  const all = Math.round(perSecond * seconds);
  for (let n = 0; n < all; ) {
    const due = Math.min(all, Math.floor(((performance.now() - begun) / 1_000) * perSecond));
    while (n < due) send(n++);
    await sleep(1);
  }
}

/** Leads a text with the time it was written, for `ageOf`. */
export const stamped = (): string => `~${performance.now().toFixed(2)}~ `;

/** Milliseconds since the text in these bytes was stamped; null when it was not. */
export function ageOf(payload: Buffer): number | null {
  const from = payload.indexOf(0x7e);
  const to = from < 0 ? -1 : payload.indexOf(0x7e, from + 1);
  return to < 0 ? null : performance.now() - Number(payload.toString('latin1', from + 1, to));
}
