/** What stands in a column, whatever the engine calls it. */
export type ColumnKind = 'text' | 'int' | 'bool' | 'time' | 'json' | 'blob';

export interface RawColumn {
  name: string;
  kind: ColumnKind;
}

/** A table as a backup names it. */
export interface RawTable {
  name: string;
  columns: RawColumn[];
}

/**
 * A value as it travels between engines: text, a number, a boolean, null; a time as milliseconds since 1970, JSON as
 * its text, bytes as a Buffer.
 */
export type RawValue = string | number | boolean | Buffer | null;

/** One connection in one transaction, for what goes through whole tables. SQL is the engine's own. */
export interface RawLine {
  readonly dialect: 'sqlite' | 'pg';
  /** One or several statements without parameters. */
  run(sql: string): Promise<void>;
  /** All rows of a question, as the engine gives them. */
  ask(sql: string): Promise<unknown[][]>;
  /** A table's rows in pages, without holding them all. */
  rows(table: RawTable): AsyncIterable<RawValue[][]>;
  insert(table: RawTable, rows: readonly RawValue[][]): Promise<void>;
}

/** Quoted for both engines. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
