import { getTableColumns, getTableName } from 'drizzle-orm';
import type { ColumnKind, RawTable } from './raw-line.ts';
import { schema } from './schema-sqlite.ts';

const kinds: Record<string, ColumnKind> = {
  string: 'text',
  number: 'int',
  boolean: 'bool',
  date: 'time',
  json: 'json',
  buffer: 'blob',
};

/** Every table of this version's schema. */
export function rawTables(): RawTable[] {
  return Object.values(schema).map((table) => ({
    name: getTableName(table),
    columns: Object.values(getTableColumns(table)).map(({ name, dataType }) => {
      const kind = kinds[dataType];
      if (kind === undefined) throw new Error(`A column of ${dataType} has no kind.`);
      return { name, kind };
    }),
  }));
}
