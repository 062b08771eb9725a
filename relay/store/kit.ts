import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * The column kinds the schema is written in, for SQLite. Its types are the canonical ones: the kit for Postgres is
 * cast to them, so that one schema and one query layer serve both engines.
 */
export const sqliteKit = {
  table: sqliteTable,
  /** `T` narrows the strings that may stand in the column. */
  text: <T extends string = string>(name: string) => text(name).$type<T>(),
  int: (name: string) => integer(name),
  bool: (name: string) => integer(name, { mode: 'boolean' }),
  /** A `Date` with milliseconds. */
  time: (name: string) => integer(name, { mode: 'timestamp_ms' }),
  json: <T>(name: string) => text(name, { mode: 'json' }).$type<T>(),
  blob: (name: string) => blob(name, { mode: 'buffer' }),
  index,
  uniqueIndex,
  primaryKey,
};

export type Kit = typeof sqliteKit;
