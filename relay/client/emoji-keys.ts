/**
 * Moves the focus among the buttons in the cells of the tables in `box` as the keys of a grid do, from one grid into the next;
 * whether it was such a key. From the field above, the arrow down leads to the first; from the first row, up leads back.
 */
export function moveInGrid(box: Element, event: KeyboardEvent): boolean {
  const { key, ctrlKey, target } = event;
  const rows = [...box.querySelectorAll('tr')].map((row) => [...row.querySelectorAll('button')]);
  const cells = rows.flat();
  const cell = cells.find((one) => one === target);
  const go = (to: HTMLElement | null | undefined) => {
    if (!to) return;
    // Tab comes back to where one was.
    for (const one of cells) one.tabIndex = one === to ? 0 : -1;
    to.focus();
  };
  if (!cell) {
    if (key !== 'ArrowDown') return false;
    go(cells[0]);
    return true;
  }
  const at = rows.findIndex((row) => row.includes(cell));
  const row = rows[at] ?? [];
  const column = row.indexOf(cell);
  const inRow = (of: HTMLButtonElement[] | undefined) => of?.[Math.min(column, of.length - 1)];
  const ways: Record<string, () => void> = {
    ArrowRight: () => go(cells[cells.indexOf(cell) + 1]),
    ArrowLeft: () => go(cells[cells.indexOf(cell) - 1]),
    ArrowDown: () => go(inRow(rows[at + 1])),
    ArrowUp: () => (at ? go(inRow(rows[at - 1])) : box.querySelector('input')?.focus()),
    Home: () => go((ctrlKey ? cells : row)[0]),
    End: () => go((ctrlKey ? cells : row).at(-1)),
  };
  const way = ways[key];
  way?.();
  return way !== undefined;
}
