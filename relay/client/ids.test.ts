import { expect, test } from 'vitest';
import { z } from 'zod';
import { uuidv7 } from './ids.ts';

test('ids are UUIDv7 in the order they were made, also within one millisecond and when the clock steps back', () => {
  const made = Array.from({ length: 10_000 }, (_, i) => uuidv7(i < 5_000 ? 1_800_000_000_000 : 1_799_999_999_000));
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  expect(z.uuidv7().safeParse(made[0]).success).toBe(true);
  expect(z.uuidv7().safeParse(made.at(-1)).success).toBe(true);
});
