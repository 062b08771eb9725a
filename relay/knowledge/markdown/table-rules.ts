import type { MarkdownIt, StateBlock } from 'markdown-it';
import { type Cell, promisedColumns, readAsciiTable, readDoubleBarTable } from './cells.ts';
import { findLine, lineAt, parseInside } from './lines.ts';

/**
 * Teaches markdown-it the tables that Markdown's own cannot express and that documentation is full of: AsciiDoc's
 * `|===`, YFM's `#|`, and plain `<table>`. Cells hold whole blocks: lists, pictures, code.
 */
export function addTableRules(md: MarkdownIt): void {
  const options = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
  md.block.ruler.before('fence', 'ascii_table', asciiTable, options);
  md.block.ruler.before('fence', 'double_bar_table', doubleBarTable, options);
  md.block.ruler.before('fence', 'html_table', htmlTable, options);
}

function asciiTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const first = lineAt(state, startLine);
  let open = startLine;
  if (/^\[(?:cols|options|%|width|frame|grid)[^\]]*\]\s*$/.test(first)) {
    open += 1;
    while (open < endLine && state.isEmpty(open)) open += 1;
  }
  if (open >= endLine || !/^\|={3,}\s*$/.test(lineAt(state, open))) return false;
  const close = findLine(state, open + 1, endLine, /^\|={3,}\s*$/);
  if (close < 0) return false;
  if (silent) return true;
  const attributes = open === startLine ? '' : first;
  const inside = state.getLines(open + 1, close, state.blkIndent, false);
  const rows = readAsciiTable(inside, promisedColumns(attributes));
  const headed =
    /options\s*=\s*"?[^\]]*header|%header/.test(attributes) || (attributes === '' && firstLineStands(inside));
  writeTable(state, rows, headed ? headerRows(rows) : 0, startLine, close);
  return true;
}

/** Without options AsciiDoc takes the first line for a header when a blank line follows it and none goes before. */
function firstLineStands(inside: string): boolean {
  const [first = '', second = 'x'] = inside.split('\n', 2);
  return second.trim() === '' && first.indexOf('|') !== first.lastIndexOf('|');
}

/** A header whose cells reach down two rows is two rows of header. */
const headerRows = (rows: readonly Cell[][]): number =>
  Math.max(1, ...(rows[0] ?? []).map((cell) => Math.min(cell.rows, 4)));

function doubleBarTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!/^#\|\s*$/.test(lineAt(state, startLine))) return false;
  const close = findLine(state, startLine + 1, endLine, /^\|#\s*$/);
  if (close < 0) return false;
  if (silent) return true;
  const rows = readDoubleBarTable(state.getLines(startLine + 1, close, state.blkIndent, false));
  const bold = (rows[0] ?? []).every((cell) => cell.text.startsWith('**'));
  writeTable(state, rows, bold ? 1 : 0, startLine, close);
  return true;
}

function htmlTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!/^<table[\s>]/i.test(lineAt(state, startLine))) return false;
  const close = findLine(state, startLine, endLine, /<\/table>\s*$/i);
  if (close < 0) return false;
  if (silent) return true;
  const html = state.getLines(startLine, close + 1, state.blkIndent, false);
  const rows: Cell[][] = [];
  for (const row of html.split(/<tr[^>]{0,500}>/i).slice(1)) {
    const cells: Cell[] = [];
    for (const cell of row.split(/<(?=t[dh][\s>])/i).slice(1)) {
      const end = cell.indexOf('>');
      const tag = cell.slice(0, end);
      cells.push({
        text: stripTags(cell.slice(end + 1)),
        header: /^th/i.test(tag),
        columns: span(tag, 'colspan'),
        rows: span(tag, 'rowspan'),
      });
    }
    if (cells.length > 0) rows.push(cells);
  }
  writeTable(state, rows, 0, startLine, close);
  return true;
}

const span = (tag: string, name: string): number =>
  Math.min(Math.max(Number(new RegExp(`${name}\\s*=\\s*["']?(\\d{1,3})`, 'i').exec(tag)?.[1] ?? 1), 1), 1_000);

const stripTags = (html: string): string =>
  html.replace(/<\/?(?:t[dhr]|tbody|thead|table|tfoot)[^>]{0,500}>/gi, '').trim();

function writeTable(state: StateBlock, rows: readonly Cell[][], headers: number, from: number, to: number): void {
  state.push('table_open', 'table', 1).map = [from, to + 1];
  rows.forEach((cells, index) => {
    if (index === 0 && headers > 0) state.push('thead_open', 'thead', 1);
    if (index === headers) state.push('tbody_open', 'tbody', 1);
    state.push('tr_open', 'tr', 1);
    for (const cell of cells) {
      const tag = cell.header || index < headers ? 'th' : 'td';
      const open = state.push(`${tag}_open`, tag, 1);
      if (cell.columns > 1) open.attrSet('colspan', String(cell.columns));
      if (cell.rows > 1) open.attrSet('rowspan', String(cell.rows));
      parseInside(state, cell.text);
      state.push(`${tag}_close`, tag, -1);
    }
    state.push('tr_close', 'tr', -1);
    if (index === headers - 1) state.push('thead_close', 'thead', -1);
  });
  if (rows.length > headers) state.push('tbody_close', 'tbody', -1);
  state.push('table_close', 'table', -1);
  state.line = to + 1;
}
