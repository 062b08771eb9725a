import type { RawColumn, RawValue } from '../store/index.ts';

const written = (value: RawValue, { kind }: RawColumn): string => {
  if (value === null) return 'null';
  if (kind === 'json') return String(value);
  return JSON.stringify(kind === 'blob' ? (value as Buffer).toString('base64') : value);
};

/** A row as one line: a JSON array, with JSON columns as what they are, times in milliseconds, bytes in base64. */
export const toLine = (row: readonly RawValue[], columns: readonly RawColumn[]): string =>
  `[${row.map((value, at) => written(value, columns[at] as RawColumn)).join(',')}]\n`;

const read = (value: unknown, { kind }: RawColumn): RawValue => {
  if (value === null) return null;
  if (kind === 'json') return JSON.stringify(value);
  return kind === 'blob' ? Buffer.from(value as string, 'base64') : (value as RawValue);
};

/** The rows of lines. Throws a SyntaxError where a line is none. */
export function fromLines(text: string, columns: readonly RawColumn[]): RawValue[][] {
  const rows: RawValue[][] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const row = JSON.parse(line) as unknown[];
    rows.push(columns.map((column, at) => read(row[at], column)));
  }
  return rows;
}
