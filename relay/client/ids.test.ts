import { expect, test } from 'vitest';
import { z } from 'zod';
import { uuidv7 } from './ids.ts';

test('ids are UUIDv7, none is made twice, and those of different milliseconds stand in their order', () => {
  const made = Array.from({ length: 10_000 }, (_, i) => uuidv7(1_800_000_000_000 + i));
  expect([...made].sort()).toEqual(made);
  const atOnce = Array.from({ length: 10_000 }, () => uuidv7(1_800_000_000_000));
  expect(new Set(atOnce).size).toBe(atOnce.length);
  for (const id of [...made.slice(0, 100), ...atOnce.slice(0, 100)])
    expect(z.uuidv7().safeParse(id).success).toBe(true);
});
