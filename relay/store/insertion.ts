import { type Column, getTableColumns, getTableName, type Table } from 'drizzle-orm';

/** A table's whole-row insertion: its columns in their order, and the SQL up to the values. */
export interface Insertion {
  into: string;
  /** With `?` for each value of one row. */
  sql: string;
  columns: readonly (readonly [string, Column])[];
}

const known = new WeakMap<Table, Insertion>();

/** The insertion of a table, made once. */
export function insertion(table: Table): Insertion {
  const made = known.get(table);
  if (made) return made;
  const columns = Object.entries(getTableColumns(table));
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const into = `insert into "${getTableName(table)}" (${names}) values `;
  const fresh: Insertion = { into, sql: `${into}(${columns.map(() => '?').join(', ')})`, columns };
  known.set(table, fresh);
  return fresh;
}

/** One row's values as the driver takes them, in the order of the columns. */
export const driverValues = ({ columns }: Insertion, row: Record<string, unknown>): unknown[] =>
  columns.map(([key, column]) => {
    const value = row[key];
    return value === null ? null : column.mapToDriverValue(value);
  });
