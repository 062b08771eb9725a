import type { Db } from './persistence.ts';

/**
 * A query that is built once per connection, for hot paths: `const top = prepared('top', (db) => db.select()…)`, then
 * `await top(db).execute({ id })` with `sql.placeholder('id')` where the value goes. The name is unique in the relay
 * (Postgres keeps the plan under it).
 */
export function prepared<Q>(name: string, build: (db: Db) => { prepare(): Q }): (db: Db) => Q {
  const built = new WeakMap<Db, Q>();
  return (db) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    /* Postgres' builders take the name; SQLite's, whose types are the canonical ones, ignore it. */
    const query = build(db) as { prepare(name: string): Q };
    const fresh = query.prepare(name);
    built.set(db, fresh);
    return fresh;
  };
}
