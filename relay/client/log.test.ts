import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../protocol/log-event.ts';
import { createLog } from './log.ts';

const event = (seq: number): LogEvent => ({
  ...{ id: `id-${seq}`, conversation: 'c', seq, at: '2026-09-01T12:00:00.000Z', type: 'message', text: `${seq}` },
  author: { kind: 'visitor', id: null, name: '' },
});

test('[SQ3] whatever order and however often events arrive, the log is each once, in order, without a gap', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 200 }), (arrivals) => {
      const log = createLog('c', 0);
      for (const seq of arrivals) log.receive(event(seq));
      const seen = new Set(arrivals);
      let top = 0;
      while (seen.has(top + 1)) top++;
      expect(log.top).toBe(top);
      expect(log.events.map(({ seq }) => seq)).toEqual(Array.from({ length: top }, (_, i) => i + 1));
    }),
  );
});

test('[RS1] older events go in front, and only those below the oldest held', () => {
  const log = createLog('c', 4);
  log.receive(event(5));
  log.prepend([event(3), event(4), event(5)]);
  expect(log.events.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  expect(log.floor).toBe(2);
});
