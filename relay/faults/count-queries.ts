import Database from 'better-sqlite3';

/** Statements run in this process since it was told to count. */
export interface QueryCounts {
  reads: number;
  writes: number;
}

/** Counts the statements that SQLite runs, by wrapping what the driver prepares; call it before a store is opened. */
export function countQueries(): QueryCounts {
  const counts: QueryCounts = { reads: 0, writes: 0 };
  const prepare = Database.prototype.prepare;
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql) as unknown as Record<string, (...args: unknown[]) => unknown>;
    const kind = /^\s*select/i.test(sql) ? 'reads' : 'writes';
    for (const name of ['run', 'get', 'all', 'iterate']) {
      const call = statement[name]?.bind(statement);
      if (!call) continue;
      statement[name] = (...args) => {
        counts[kind]++;
        return call(...args);
      };
    }
    return statement as never;
  } as typeof prepare;
  return counts;
}
