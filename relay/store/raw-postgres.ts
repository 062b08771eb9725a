import { type ColumnKind, quoted, type RawColumn, type RawLine, type RawValue } from './raw-line.ts';

/** What of the driver is used here; the driver itself has one owner. */
interface Connection {
  query(query: { text: string; values?: unknown[]; rowMode: 'array' }): Promise<{ rows: unknown[][] }>;
}

const PAGE = 1_000;
/** Of rows with bytes in them, which are large. */
const FEW = 16;

const selected: Partial<Record<ColumnKind, (name: string) => string>> = {
  time: (name) => `round(extract(epoch from ${name}) * 1000)::bigint`,
  json: (name) => `${name}::text`,
};
/** The type a column's values travel in, and what makes the column's own of it. */
const given: Record<ColumnKind, [type: string, make: (value: string) => string]> = {
  text: ['text', (value) => value],
  int: ['bigint', (value) => value],
  bool: ['boolean', (value) => value],
  time: ['bigint', (value) => `to_timestamp(${value} / 1000.0)`],
  json: ['text', (value) => `${value}::jsonb`],
  blob: ['bytea', (value) => value],
};

const fromStored = (value: unknown, { kind }: RawColumn): RawValue =>
  value !== null && (kind === 'int' || kind === 'time') ? Number(value) : (value as RawValue);

/** A raw line over a Postgres connection that has begun its transaction. */
export function rawPostgres(connection: Connection): RawLine {
  const query = async (text: string, values?: unknown[]) =>
    (await connection.query({ text, rowMode: 'array', ...(values && { values }) })).rows;
  return {
    dialect: 'pg',
    run: async (sql) => void (await query(sql)),
    ask: (sql) => query(sql),
    async *rows({ name, columns }) {
      const list = columns.map((column) => (selected[column.kind] ?? String)(quoted(column.name))).join(', ');
      await query(`declare pages no scroll cursor for select ${list} from ${quoted(name)}`);
      const most = columns.some(({ kind }) => kind === 'blob') ? FEW : PAGE;
      for (;;) {
        const page = await query(`fetch ${most} from pages`);
        if (page.length === 0) break;
        yield page.map((row) => row.map((value, at) => fromStored(value, columns[at] as RawColumn)));
      }
      await query('close pages');
    },
    async insert({ name, columns }, rows) {
      const into = columns.map((column) => quoted(column.name)).join(', ');
      const made = columns.map(({ kind }, at) => given[kind][1](`c${at}`)).join(', ');
      const from = columns.map(({ kind }, at) => `$${at + 1}::${given[kind][0]}[]`).join(', ');
      const names = columns.map((_, at) => `c${at}`).join(', ');
      await query(
        `insert into ${quoted(name)} (${into}) select ${made} from unnest(${from}) as given(${names})`,
        columns.map((_, at) => rows.map((row) => row[at] ?? null)),
      );
    },
  };
}
