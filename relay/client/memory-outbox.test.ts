import { describe, expect, test } from 'vitest';
import { memoryOutbox } from './memory-outbox.ts';
import { OUTBOX_CASES } from './outbox.contract.ts';

describe('the outbox in memory', () => {
  test.each(OUTBOX_CASES)('$name', async ({ run }) => {
    await run(memoryOutbox());
  });

  test('[OB6] says that it does not last', () => {
    expect(memoryOutbox().durable).toBe(false);
  });
});
