import { useKeys } from './keys.ts';

/** The keys of a list: up and down from row to row, `/` to its search, Escape back to it. */
export function useListKeys(list: {
  /** Conversations of the rows, in their order. */
  ids(): readonly string[];
  /** The one that is open. */
  current: string | null;
  go(id: string | null): void;
  search(): void;
}): void {
  const step = (by: number) => {
    const ids = list.ids();
    const at = ids.indexOf(list.current ?? '');
    const next = ids[at < 0 ? 0 : at + by];
    if (next) list.go(next);
    return true;
  };
  useKeys((key) => {
    if (key === 'j' || key === 'ArrowDown') return step(1);
    if (key === 'k' || key === 'ArrowUp') return step(-1);
    if (key === '/') {
      list.search();
      return true;
    }
    if (key === 'Escape' && list.current !== null) {
      list.go(null);
      return true;
    }
    return false;
  });
}
