import { expect, test, vi } from 'vitest';
import { cell } from './cell.ts';

test('tells of changes until it is stopped, and not of an equal value', () => {
  const count = cell(1);
  const seen = vi.fn();
  const stop = count.on(seen);
  count.value = 1;
  count.value = 2;
  stop();
  count.value = 3;
  expect(seen.mock.calls).toEqual([[2]]);
  expect(count.value).toBe(3);
});

test('a watcher may stop itself and start others while it is told', () => {
  const one = cell(0);
  const late = vi.fn();
  const stop = one.on(() => {
    stop();
    one.on(late);
  });
  one.value = 1;
  expect(late).not.toHaveBeenCalled();
  one.value = 2;
  expect(late).toHaveBeenCalledWith(2);
});
