/** A list with one of its items moved up (-1) or down (1). */
export function moved<T>(items: readonly T[], index: number, by: -1 | 1): T[] {
  const next = [...items];
  const [item] = next.splice(index, 1);
  if (item !== undefined) next.splice(index + by, 0, item);
  return next;
}

/** A list with one of its items replaced. */
export const replaced = <T>(items: readonly T[], index: number, item: T): T[] =>
  items.map((one, at) => (at === index ? item : one));

/** A list without one of its items. */
export const without = <T>(items: readonly T[], index: number): T[] => items.filter((_, at) => at !== index);
