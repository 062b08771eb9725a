import { computed, type ReadonlySignal } from '@preact/signals';

/**
 * A computed value of plain data that stays the very object as long as it says the same: what shows it is left alone when
 * only what it was computed from has changed.
 */
export function steady<T>(make: () => T): ReadonlySignal<T> {
  let last: { value: T; said: string } | undefined;
  return computed(() => {
    const value = make();
    const said = JSON.stringify(value) ?? '';
    if (last?.said !== said) last = { value, said };
    return last.value;
  });
}
