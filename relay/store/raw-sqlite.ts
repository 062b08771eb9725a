import { quoted, type RawColumn, type RawLine, type RawValue } from './raw-line.ts';

/** What of the driver is used here; the driver itself has one owner. */
interface Connection {
  exec(sql: string): unknown;
  prepare(sql: string): {
    raw(): { iterate(...values: never[]): Iterable<unknown>; all(...values: never[]): unknown[] };
    run(...values: never[]): unknown;
  };
}

const PAGE = 500;
/** Of rows with bytes in them, which are large. */
const FEW = 16;

const fromStored = (value: unknown, { kind }: RawColumn): RawValue =>
  kind === 'bool' && value !== null ? value === 1 : (value as RawValue);
const toStored = (value: RawValue): unknown => (typeof value === 'boolean' ? Number(value) : value);

/** A raw line over an open SQLite connection. */
export function rawSqlite(connection: Connection): RawLine {
  return {
    dialect: 'sqlite',
    run: async (sql) => void connection.exec(sql),
    ask: async (sql) => connection.prepare(sql).raw().all() as unknown[][],
    async *rows({ name, columns }) {
      const list = columns.map((column) => quoted(column.name)).join(', ');
      const most = columns.some(({ kind }) => kind === 'blob') ? FEW : PAGE;
      let page: RawValue[][] = [];
      for (const row of connection
        .prepare(`select ${list} from ${quoted(name)}`)
        .raw()
        .iterate()) {
        page.push((row as unknown[]).map((value, at) => fromStored(value, columns[at] as RawColumn)));
        if (page.length < most) continue;
        yield page;
        page = [];
      }
      if (page.length > 0) yield page;
    },
    async insert({ name, columns }, rows) {
      const list = columns.map((column) => quoted(column.name)).join(', ');
      const statement = connection.prepare(
        `insert into ${quoted(name)} (${list}) values (${columns.map(() => '?').join(', ')})`,
      );
      for (const row of rows) statement.run(...(row.map(toStored) as never[]));
    },
  };
}
