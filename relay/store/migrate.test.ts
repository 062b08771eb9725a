import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { tempDir } from '../testing/temp-dir.ts';
import { StoreOpenError } from './errors.ts';
import { DIALECTS, generate, render } from './make-migrations.ts';
import { migrate } from './migrate.ts';
import { sqliteMigrations } from './migrations.ts';

const home = import.meta.dirname;

function line(db: Database.Database) {
  return {
    run: async (sql: string) => void db.exec(sql),
    applied: async () => db.prepare('select name from frontdesk_migrations').pluck().all() as string[],
    record: async (name: string) => void db.prepare('insert into frontdesk_migrations values (?, 0)').run(name),
  };
}

test('each step runs once, in order', async () => {
  const db = new Database(':memory:');
  const steps = [
    { name: '0000_a', sql: 'create table a (x);--> statement-breakpoint\ncreate table b (x);' },
    { name: '0001_b', sql: 'alter table b add column y;' },
  ];
  expect(await migrate(line(db), steps.slice(0, 1))).toEqual(['0000_a']);
  expect(await migrate(line(db), steps)).toEqual(['0001_b']);
  expect(await migrate(line(db), steps)).toEqual([]);
  db.close();
});

test('a database of a newer version is not touched', async () => {
  const db = new Database(':memory:');
  await migrate(line(db), [{ name: '0000_a', sql: 'create table a (x);' }]);
  await expect(migrate(line(db), [])).rejects.toBeInstanceOf(StoreOpenError);
  db.close();
});

test('an operator from before first passwords were known has one of their own', async () => {
  const db = new Database(':memory:');
  const until = sqliteMigrations.findIndex(({ name }) => name === '0013_first_passwords');
  await migrate(line(db), sqliteMigrations.slice(0, until));
  db.exec(`insert into operators (id, email, name, password_hash, status, created_at)
    values ('o', 'olga@shop.example', 'Olga', '', 'online', 0)`);
  await migrate(line(db), sqliteMigrations);
  expect(db.prepare('select password_given_at from operators').pluck().all()).toEqual([null]);
  db.close();
});

test('the migrations are of the schema as it is: nothing is left to generate', () => {
  const folder = join(tempDir(), 'migrations');
  cpSync(join(home, 'migrations'), folder, { recursive: true });
  for (const dialect of DIALECTS) generate(dialect, folder, 'forgotten');
  expect(render(folder)).toBe(readFileSync(join(home, 'migrations.ts'), 'utf8'));
  /* drizzle-kit ends well even when it could not work: in an empty folder it has to write something. */
  for (const dialect of DIALECTS) {
    generate(dialect, join(folder, 'empty'), 'begin');
    expect(existsSync(join(folder, 'empty', dialect, '0000_begin.sql'))).toBe(true);
  }
}, 30_000);
