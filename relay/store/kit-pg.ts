import {
  bigint,
  boolean,
  customType,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Kit } from './kit.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The same column kinds for Postgres; every value has the same type in JavaScript as with SQLite. */
export const pgKit = {
  table: pgTable,
  text: (name: string) => text(name),
  int: (name: string) => bigint(name, { mode: 'number' }),
  bool: (name: string) => boolean(name),
  time: (name: string) => timestamp(name, { withTimezone: true, precision: 3 }),
  json: (name: string) => jsonb(name),
  blob: (name: string) => bytea(name),
  index,
  uniqueIndex,
  primaryKey,
} as unknown as Kit;
