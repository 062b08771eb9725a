/** A cell as it was written: its Markdown, whether it is a heading, and over how much it stretches. */
export interface Cell {
  text: string;
  header: boolean;
  columns: number;
  rows: number;
}

/** What stands before a cell's bar in AsciiDoc: `2+` columns, `.3+` rows, `3*` copies, alignment, style letter. */
const BAR = /(?:(?:^|(?<=\s))(?:(\d{1,3})?(?:\.(\d{1,4}))?([+*]))?(?:[<^>])?(?:\.[<^>])?([adehlmsv])?)?(?<!\\)\|/g;
const MOST_COLUMNS = 50;
const MOST_SPAN = 1_000;
/** `50*|` asks for fifty copies in five characters. */
const MOST_CELLS = 20_000;

interface Opening {
  at: number;
  after: number;
  columns: number;
  rows: number;
  copies: number;
  header: boolean;
}

/** How many columns `cols="1,2"`, `cols="3*"` or `cols="2*,1"` promises; 0 when it does not say. */
export function promisedColumns(attributes: string): number {
  const spec = /cols\s*=\s*"([^"]*)"/.exec(attributes)?.[1] ?? /cols\s*=\s*([\d,*]+)/.exec(attributes)?.[1];
  if (spec === undefined || spec.trim() === '') return 0;
  let columns = 0;
  for (const part of spec.split(/[,;]/)) columns += Number(/^\s*(\d+)\*/.exec(part)?.[1] ?? 1);
  return Math.min(columns, MOST_COLUMNS);
}

/**
 * Reads the inside of an AsciiDoc table into rows. Cells may share a line or stretch over several; rows are filled in
 * the order of the cells, as many as there are columns, with the room that row spans of earlier rows take left out.
 * Without a promised number of columns the first line decides, or, where each cell has its own line, the first block.
 */
export function readAsciiTable(inside: string, promised: number): Cell[][] {
  const openings = findOpenings(inside);
  const cells: Cell[] = [];
  openings.forEach((opening, index) => {
    const text = inside.slice(opening.after, openings[index + 1]?.at ?? inside.length);
    const cell = { text: dedent(text), header: opening.header, columns: opening.columns, rows: opening.rows };
    for (let copy = 0; copy < opening.copies && cells.length < MOST_CELLS; copy += 1) cells.push({ ...cell });
  });
  return fill(cells, promised || columnsOfFirstRow(inside, openings));
}

function findOpenings(inside: string): Opening[] {
  const isCode = codeAt(inside);
  const found: Opening[] = [];
  for (const match of inside.matchAll(BAR)) {
    const [all, first, second, kind, style] = match;
    const after = match.index + all.length;
    if (isCode(after - 1)) continue;
    found.push({
      at: match.index,
      after,
      columns: kind === '+' ? clampSpan(first) : 1,
      rows: kind === '+' ? clampSpan(second) : 1,
      copies: kind === '*' ? Math.min(Number(first ?? 1), MOST_COLUMNS) : 1,
      header: style === 'h',
    });
  }
  return found;
}

const clampSpan = (digits: string | undefined): number => Math.min(Math.max(Number(digits ?? 1), 1), MOST_SPAN);

/** Says whether a place lies in fenced or inline code, where a bar is only a bar. Ask in rising order. */
function codeAt(text: string): (at: number) => boolean {
  const ranges: [number, number][] = [];
  let fence: { mark: string; from: number } | null = null;
  let from = 0;
  for (const line of text.split('\n')) {
    const mark = /^[ \t]*(?:[<^>.\d+*adehlmsv]*\|)?[ \t]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence.mark)) {
        ranges.push([fence.from, from + line.length]);
        fence = null;
      }
    } else if (mark !== undefined) fence = { mark, from: from + line.indexOf(mark) };
    else
      for (const code of line.matchAll(/`[^`]+`/g))
        ranges.push([from + code.index, from + code.index + code[0].length]);
    from += line.length + 1;
  }
  let next = 0;
  return (at) => {
    while (next < ranges.length && at >= (ranges[next]?.[1] ?? 0)) next += 1;
    return at >= (ranges[next]?.[0] ?? Number.POSITIVE_INFINITY);
  };
}

function columnsOfFirstRow(inside: string, openings: readonly Opening[]): number {
  const first = openings[0];
  if (first === undefined) return 1;
  const lineEnd = endOf(inside, '\n', first.after);
  const onLine = widthBefore(openings, lineEnd);
  if (onLine > 1) return onLine;
  const blank = /\n[ \t]*\n/.exec(inside.slice(first.after));
  return widthBefore(openings, blank === null ? inside.length : first.after + blank.index) || 1;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

function widthBefore(openings: readonly Opening[], end: number): number {
  let width = 0;
  for (const opening of openings) if (opening.at < end) width += opening.columns * opening.copies;
  return Math.min(width, MOST_COLUMNS);
}

function fill(cells: readonly Cell[], width: number): Cell[][] {
  const rows: Cell[][] = [];
  /** For each column, how many more rows a cell from above still covers. */
  let covered = new Array<number>(width).fill(0);
  let row: Cell[] = [];
  let used = covered.filter((left) => left > 0).length;
  const finish = (): void => {
    rows.push(row);
    covered = covered.map((left) => Math.max(left - 1, 0));
    row = [];
    used = covered.filter((left) => left > 0).length;
  };
  for (const cell of cells) {
    while (used >= width && row.length === 0) finish();
    const columns = Math.min(cell.columns, width);
    if (cell.rows > 1) cover(covered, row, columns, cell.rows);
    row.push({ ...cell, columns });
    used += columns;
    if (used >= width) finish();
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cellsOfRow) => cellsOfRow.length > 0);
}

function cover(covered: number[], row: readonly Cell[], columns: number, rows: number): void {
  const taken = row.reduce((sum, cell) => sum + (cell.rows > 1 ? 0 : cell.columns), 0);
  let skip = taken;
  let left = columns;
  for (let at = 0; at < covered.length && left > 0; at += 1) {
    if ((covered[at] ?? 0) > 0) continue;
    if (skip > 0) {
      skip -= 1;
      continue;
    }
    covered[at] = rows;
    left -= 1;
  }
}

/** Reads the inside of a YFM table (`#|` … `|#`): rows between doubled bars, cells between single ones. */
export function readDoubleBarTable(inside: string): Cell[][] {
  const rows: Cell[][] = [];
  let row: string[] | null = null;
  for (const line of inside.split('\n')) {
    let rest = line;
    if (row === null) {
      if (!line.trimStart().startsWith('||')) continue;
      row = [];
      rest = line.trimStart().slice(2);
    }
    const ended = rest.trimEnd().endsWith('||');
    row.push(ended ? rest.trimEnd().slice(0, -2) : rest);
    if (!ended) continue;
    rows.push(cellsOf(row.join('\n')));
    row = null;
  }
  return rows;
}

function cellsOf(body: string): Cell[] {
  const isCode = codeAt(body);
  const cells: Cell[] = [];
  let from = 0;
  for (let at = body.indexOf('|'); at >= 0; at = body.indexOf('|', at + 1)) {
    if (body[at - 1] === '\\' || isCode(at)) continue;
    cells.push(plainCell(body.slice(from, at)));
    from = at + 1;
  }
  cells.push(plainCell(body.slice(from)));
  return cells;
}

const plainCell = (text: string): Cell => ({ text: dedent(text), header: false, columns: 1, rows: 1 });

/** Cells are often written with their list two or four spaces in, which Markdown would take for code. */
function dedent(text: string): string {
  const lines = text.replace(/\s+$/, '').split('\n');
  const first = (lines[0] ?? '').trim();
  const rest = lines.slice(1);
  let indent = Number.POSITIVE_INFINITY;
  for (const line of rest) if (line.trim() !== '') indent = Math.min(indent, line.length - line.trimStart().length);
  const moved = rest.map((line) => line.slice(Number.isFinite(indent) ? indent : 0));
  return [first, ...moved].join('\n').replaceAll('\\|', '|').trim();
}
