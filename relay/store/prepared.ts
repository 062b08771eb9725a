import { type Column, type SQL, sql } from 'drizzle-orm';
import type { Db } from './persistence.ts';
import type { Schema } from './schema.ts';

/**
 * A query that is built once per connection, for hot paths: `const top = prepared('top', (db, t) => db.select()…)`, then
 * `await top(db, t).execute({ id })` with `sql.placeholder('id')` where the value goes. The name is unique in the relay
 * (Postgres keeps the plan under it). A value may be null only where the column's type maps null to itself: not for times
 * and JSON.
 */
export function prepared<Q>(name: string, build: (db: Db, t: Schema) => { prepare(): Q }): (db: Db, t: Schema) => Q {
  const built = new WeakMap<Db, Q>();
  return (db, t) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    /* Postgres' builders take the name; SQLite's, whose types are the canonical ones, ignore it. */
    const query = build(db, t) as { prepare(name: string): Q };
    const fresh = query.prepare(name);
    built.set(db, fresh);
    return fresh;
  };
}

/** A placeholder whose value may be null, for columns of any type. */
export const orNull = (column: Column, name: string): SQL =>
  sql`${sql.param(sql.placeholder(name), {
    mapToDriverValue: (given: unknown) => (given === null ? null : column.mapToDriverValue(given)),
  })}`;
