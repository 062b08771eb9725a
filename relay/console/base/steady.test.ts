import { effect, signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { steady } from './steady.ts';

test('what says the same is the same object, and nobody is told of it', () => {
  const head = signal<{ seq: number; person: { name: string } | undefined }>({ seq: 1, person: { name: 'Ada' } });
  const person = steady(() => head.value.person);
  const seen: unknown[] = [];
  effect(() => void seen.push(person.value));
  const first = person.value;
  head.value = { seq: 2, person: { name: 'Ada' } };
  expect(person.value).toBe(first);
  expect(seen).toHaveLength(1);
  head.value = { seq: 3, person: { name: 'Bea' } };
  head.value = { seq: 4, person: undefined };
  expect(seen).toEqual([{ name: 'Ada' }, { name: 'Bea' }, undefined]);
});
