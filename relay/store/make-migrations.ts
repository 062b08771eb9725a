/**
 * Writes the migrations anew after the schema was changed: `node relay/store/make-migrations.ts NAME`.
 * drizzle-kit makes the SQL of each engine; the SQL then goes as strings into `migrations.ts`, because the product is
 * bundled into one file and has no folder of migrations beside it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const DIALECTS = ['sqlite', 'pg'] as const;
type DialectFolder = (typeof DIALECTS)[number];
const home = import.meta.dirname;
const root = join(home, '..', '..');

/** Lets drizzle-kit compare the schema with what is in `folder/DIALECT` and add a migration there if they differ. It takes relative paths alone. */
export function generate(dialect: DialectFolder, folder: string, name: string): void {
  const kit = join(root, 'node_modules', 'drizzle-kit', 'bin.cjs');
  const args = ['generate', '--dialect', dialect === 'pg' ? 'postgresql' : 'sqlite', '--name', name];
  args.push('--schema', join('relay', 'store', `schema-${dialect}.ts`), '--out', join(relative(root, folder), dialect));
  execFileSync(process.execPath, [kit, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The source text of `migrations.ts` for the migrations in `folder`. */
export function render(folder: string): string {
  const lines = [
    '/* Written by make-migrations.ts; do not edit. */',
    '',
    '/** One step of the schema: its name, and its statements parted by drizzle-kit’s mark. */',
    'export interface Migration {',
    '  name: string;',
    '  sql: string;',
    '}',
  ];
  for (const dialect of DIALECTS) {
    const journal = JSON.parse(readFileSync(join(folder, dialect, 'meta', '_journal.json'), 'utf8')) as {
      entries: { tag: string }[];
    };
    const entries = journal.entries.map(({ tag }) => {
      const sql = readFileSync(join(folder, dialect, `${tag}.sql`), 'utf8').trim();
      return `  {\n    name: '${tag}',\n    sql: \`${sql.replace(/[\\`$]/g, '\\$&')}\`,\n  },\n`;
    });
    const engine = dialect === 'pg' ? 'Postgres' : 'SQLite';
    lines.push('', `/** The migrations of ${engine}, oldest first. */`);
    lines.push(`export const ${dialect}Migrations: readonly Migration[] = [\n${entries.join('')}];`);
  }
  return `${lines.join('\n')}\n`;
}

if (import.meta.main) {
  const folder = join(home, 'migrations');
  for (const dialect of DIALECTS) generate(dialect, folder, process.argv[2] ?? 'change');
  writeFileSync(join(home, 'migrations.ts'), render(folder));
}
