import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  migrationsOf,
  openStore,
  type RawTable,
  type RawValue,
  type StoreOptions,
  snapshotStore,
} from '../store/index.ts';
import { rawTables } from '../store/raw-tables.ts';
import { freshDatabase, stopSharedPostgres } from '../testing/postgres.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { openArchive } from './archive-reader.ts';
import { backupTo, restoreFrom } from './commands.ts';
import { restoreBackup } from './restore-backup.ts';

afterAll(stopSharedPostgres);

type Engine = 'SQLite' | 'Postgres';
type Settings = StoreOptions & { databaseUrl: string | undefined; secrets: string[] | undefined };

/** Settings of an engine without a store. */
async function nothing(engine: Engine): Promise<Settings> {
  const dataDir = join(tempDir(), 'data');
  if (engine === 'SQLite') return { dataDir, databaseUrl: undefined, secrets: undefined };
  const { url, drop } = await freshDatabase();
  onTestFinished(drop);
  return { dataDir, databaseUrl: url, secrets: undefined };
}

/** A value for a column that shows every way in which an engine might change it. */
function sample({ kind, name }: RawTable['columns'][number], row: number): RawValue {
  if (kind === 'text') return `${name} ${row} «ё» 👩‍👩‍👧 \\ " \n\t ' \u2028`;
  if (kind === 'int') return row === 2 ? 9_007_199_254_740_991 : row;
  if (kind === 'bool') return row % 2 === 0;
  if (kind === 'time') return 1_795_323_062_361 + row;
  if (kind === 'json') return JSON.stringify({ a: row, deep: [null, true, 'строка "x"\\ \n'] });
  return Buffer.from([0, 255, row, 10, 13, 92]);
}

/** A store with three rows in every table, one of which has nothing where nothing may stand. */
async function filled(settings: Settings): Promise<void> {
  const store = await openStore(settings);
  const { t } = store;
  const nullable = (table: object, at: number) =>
    Object.values(table as Record<string, { notNull: boolean }>)[at]?.notNull === false;
  const objects = Object.values(t);
  await store.close();
  const shapes = rawTables();
  const { replaceStore, migrate } = await import('../store/index.ts');
  await replaceStore(settings, ['frontdesk_migrations', ...shapes.map(({ name }) => name)], async (line) => {
    await migrate(
      {
        run: line.run,
        applied: async () => [],
        record: (name) => line.run(`insert into frontdesk_migrations values ('${name}', 'then')`),
      },
      migrationsOf(line.dialect),
    );
    for (const [index, shape] of shapes.entries())
      await line.insert(
        shape,
        [1, 2, 3].map((row) =>
          shape.columns.map((column, at) =>
            row === 3 && nullable(objects[index] ?? {}, at) ? null : sample(column, row),
          ),
        ),
      );
  });
}

/** Every row of every table, sorted; without the epoch, which a restore gives anew. */
const everything = (settings: StoreOptions) =>
  snapshotStore(settings, async (line) => {
    const all: Record<string, string[]> = {};
    for (const table of rawTables()) {
      const rows: RawValue[][] = [];
      for await (const page of line.rows(table)) rows.push(...page);
      const plain = rows.map((row) => row.map((value, at) => comparable(value, table.columns[at]?.kind)));
      all[table.name] = plain
        .filter(([key]) => key !== 'epoch')
        .map((row) => JSON.stringify(row))
        .sort();
    }
    return all;
  });
/** Postgres writes JSON in its own way. */
const comparable = (value: RawValue, kind: string | undefined) =>
  kind === 'json' && value !== null ? JSON.parse(String(value)) : value;

const epochOf = async (settings: StoreOptions) => {
  const store = await openStore(settings);
  const rows = await store.read.select().from(store.t.meta);
  await store.close();
  return rows.find(({ key }) => key === 'epoch')?.value;
};

const ways: [Engine, Engine][] = [
  ['SQLite', 'SQLite'],
  ['Postgres', 'Postgres'],
  ['SQLite', 'Postgres'],
  ['Postgres', 'SQLite'],
];
test.each(ways)('what was in %s is the same after the restore in %s, but for a new epoch', async (from, to) => {
  const source = await nothing(from);
  await filled(source);
  const before = await everything(source);
  expect(Object.values(before).every((rows) => rows.length === 3)).toBe(true);
  const file = join(tempDir(), 'folder', 'backup.tar');
  expect((await backupTo(file, source)).join()).toContain('3 conversations with 3 events');
  const target = await nothing(to);
  expect((await restoreFrom(file, target, false)).join()).toContain('3 conversations with 3 events');
  expect(await everything(target)).toEqual(before);
  const epoch = await epochOf(target);
  expect(epoch).toMatch(/^[0-9a-f-]{36}$/);

  await expect(restoreFrom(file, target, false)).rejects.toThrow(/There is data already.*--force/);
  expect(await epochOf(target)).toBe(epoch);
  await restoreFrom(file, target, true);
  expect(await epochOf(target)).not.toBe(epoch);
  expect(await everything(target)).toEqual(before);
});

test('a backup has every table of the store', async () => {
  const settings = await nothing('SQLite');
  await (await openStore(settings)).close();
  const there = await snapshotStore(settings, (line) =>
    line.ask("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"),
  );
  const named = rawTables().map(({ name }) => name);
  expect(there.map(([name]) => name).sort()).toEqual([...named, 'frontdesk_migrations'].sort());
});

/** A small backup with a secret. */
async function backup(): Promise<{ file: string; settings: Settings }> {
  const settings = await nothing('SQLite');
  await filled(settings);
  const { secretsInForce } = await import('../keys/secret-file.ts');
  secretsInForce(undefined, settings.dataDir);
  const file = join(tempDir(), 'backup.tar');
  await backupTo(file, settings);
  return { file, settings };
}

describe('the file', () => {
  test.runIf(process.platform !== 'win32')('is for its owner alone, and so is what is made of it', async () => {
    const { file, settings } = await backup();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const target = await nothing('SQLite');
    await restoreFrom(file, target, false);
    for (const name of readdirSync(target.dataDir))
      expect(statSync(join(target.dataDir, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(target.dataDir, 'secret'))).toEqual(readFileSync(join(settings.dataDir, 'secret')));
  });

  test('has no secret that the settings gave, and says so', async () => {
    const { settings } = await backup();
    const file = join(tempDir(), 'backup.tar');
    const said = await backupTo(file, { ...settings, secrets: ['q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT'] });
    expect(said.join()).toContain('SECRET');
    expect(readFileSync(file).includes('secret\0')).toBe(false);
  });

  test('takes the place of an older one only when it is whole', async () => {
    const { file, settings } = await backup();
    const first = readFileSync(file);
    await expect(backupTo(file, { ...settings, dataDir: join(settings.dataDir, 'elsewhere') })).rejects.toThrow(
      /There is no .*check DATA_DIR/,
    );
    expect(readFileSync(file)).toEqual(first);
    await backupTo(file, settings);
    expect(readFileSync(file)).not.toEqual(first);
    expect(readdirSync(join(file, '..'))).toEqual(['backup.tar']);
  });

  test('that cannot be written is said in a sentence', async () => {
    const { file, settings } = await backup();
    await expect(backupTo(join(file, 'below', 'a-file.tar'), settings)).rejects.toThrow(/cannot be written \(\w+\)/);
    mkdirSync(join(file, '..', 'folder'));
    await expect(backupTo(join(file, '..', 'folder'), settings)).rejects.toThrow(/cannot be written/);
  });

  test('is a tar of lines of JSON that other programs read', async () => {
    const { execFileSync } = await import('node:child_process');
    const { zstdDecompressSync } = await import('node:zlib');
    const { file } = await backup();
    const names = execFileSync('tar', ['tf', file]).toString().trim().split('\n');
    expect(names).toContain('tables/events/000000.ndjson.zst');
    const part = execFileSync('tar', ['xOf', file, 'tables/sites/000000.ndjson.zst']);
    const lines = zstdDecompressSync(part).toString().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line)[0])).toEqual(
      [1, 2, 3].map((row) => sample({ kind: 'text', name: 'id' }, row)),
    );
  });
});

describe('nothing is touched by', () => {
  /** Tries to restore these bytes over a store, which must stay what it was. */
  const refused = async (bytes: Buffer, says: RegExp) => {
    const target = await nothing('SQLite');
    await filled(target);
    const before = readFileSync(join(target.dataDir, 'frontdesk.db'));
    const file = join(tempDir(), 'bad.tar');
    writeFileSync(file, bytes);
    await expect(restoreFrom(file, target, true)).rejects.toThrow(says);
    expect(readFileSync(join(target.dataDir, 'frontdesk.db'))).toEqual(before);
    expect(readdirSync(target.dataDir)).toEqual(['frontdesk.db']);
  };

  test('a backup with one wrong bit, wherever it is', async () => {
    const { file } = await backup();
    const whole = readFileSync(file);
    const places = new Set<number>();
    const size = (at: number) => Number.parseInt(whole.toString('utf8', at + 124, at + 135), 8);
    for (let at = 0; whole[at] !== 0; at += 512 + Math.ceil(size(at) / 512) * 512)
      places
        .add(at + 130)
        .add(at + 512)
        .add(at + 512 + size(at) - 2);
    expect(places.size).toBeGreaterThan(50);
    const { openArchive: open } = await import('./archive-reader.ts');
    for (const place of places) {
      const bytes = Buffer.from(whole);
      bytes[place] = (bytes[place] as number) ^ 1;
      const bad = join(tempDir(), 'bad.tar');
      writeFileSync(bad, bytes);
      await expect(open(bad), `byte ${place}`).rejects.toThrow(/damaged|no backup/);
    }
    const bytes = Buffer.from(whole);
    bytes[520] = (bytes[520] as number) ^ 1;
    await refused(bytes, /damaged/);
  });

  test('a backup that was cut short', async () => {
    const { file } = await backup();
    const whole = readFileSync(file);
    for (const length of [0, 100, 512, 5_000, whole.length - 3_000])
      await refused(whole.subarray(0, length), /cut short|damaged/);
  });

  test('a file that is none, and one that is not there', async () => {
    await refused(Buffer.from('not a backup, '.repeat(200)), /no backup of Frontdesk/);
    await expect(restoreFrom(join(tempDir(), 'none.tar'), await nothing('SQLite'), false)).rejects.toThrow(/ENOENT/);
  });

  test('a backup of a newer version', async () => {
    const { file } = await backup();
    const archive = await openArchive(file);
    onTestFinished(() => archive.close());
    const newer = {
      ...archive,
      manifest: { ...archive.manifest, migrations: [...archive.manifest.migrations, '0999_later'] },
    };
    const target = await nothing('SQLite');
    await filled(target);
    const before = await everything(target);
    await expect(restoreBackup(target, newer)).rejects.toThrow(/newer Frontdesk/);
    expect(await everything(target)).toEqual(before);
  });

  test.each(['SQLite', 'Postgres'] as Engine[])('a restore on %s that breaks off half way', async (engine) => {
    const { file } = await backup();
    const archive = await openArchive(file);
    onTestFinished(() => archive.close());
    const target = await nothing(engine);
    await filled(target);
    const before = await everything(target);
    const breaking = {
      ...archive,
      async *rows(table: Parameters<typeof archive.rows>[0]) {
        if (table.name === 'outboxes') throw new Error('The power went.');
        yield* archive.rows(table);
      },
    };
    await expect(restoreBackup(target, breaking)).rejects.toThrow('The power went.');
    expect(await everything(target)).toEqual(before);
  });

  test.each(['SQLite', 'Postgres'] as Engine[])('a restore while a relay runs on %s', async (engine) => {
    const { file } = await backup();
    const target = await nothing(engine);
    const running = await openStore(target);
    onTestFinished(() => running.close());
    await running.tx((db) => db.insert(running.t.meta).values({ key: 'mine', value: 'still' }));
    await expect(restoreFrom(file, target, true)).rejects.toThrow(/A relay runs on .*stop it first/);
    await running.tx((db) => db.insert(running.t.meta).values({ key: 'more', value: 'too' }));
    expect((await running.read.select().from(running.t.meta)).map(({ key }) => key).sort()).toEqual(['mine', 'more']);
  });
});

test.each(['SQLite', 'Postgres'] as Engine[])(
  'a backup of an older version is brought up to date on %s',
  async (engine) => {
    const { file } = await backup();
    const archive = await openArchive(file);
    onTestFinished(() => archive.close());
    const target = await nothing(engine);
    const later = { name: '0999_later', sql: "alter table sites add column motto text not null default 'none yet'" };
    await restoreBackup(target, archive, (dialect) => [...migrationsOf(dialect), later]);
    const [mottos, steps] = await snapshotStore(target, async (line) => [
      await line.ask('select distinct motto from sites'),
      await line.ask('select name from frontdesk_migrations'),
    ]);
    expect(mottos).toEqual([['none yet']]);
    expect(steps?.flat()).toContain('0999_later');
  },
);

test('a damaged store can be replaced', async () => {
  const { file } = await backup();
  const target = await nothing('SQLite');
  mkdirSync(target.dataDir, { recursive: true });
  writeFileSync(join(target.dataDir, 'frontdesk.db'), 'x'.repeat(9_000));
  writeFileSync(join(target.dataDir, 'frontdesk.db-wal'), 'of another life');
  await restoreFrom(file, target, true);
  expect(existsSync(join(target.dataDir, 'frontdesk.db-wal'))).toBe(false);
  expect((await everything(target)).sites).toHaveLength(3);
});
