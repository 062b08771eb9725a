/**
 * `npm run bench [-- NAME …]`: measures, each figure beside its baseline in the same run; tables on the screen, JSON in
 * `bench-results/`. Without a name, everything.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** A bench gives what goes into its JSON, and prints its tables itself. */
type Bench = () => Promise<Record<string, unknown>>;

const benches: Record<string, () => Promise<Bench>> = {
  page: async () => (await import('./page/page.ts')).benchPage,
  console: async () => (await import('./console/console.ts')).benchConsole,
  relay: async () => (await import('./relay/relay.ts')).benchRelay,
  search: async () => (await import('./search/search.ts')).benchSearch,
};

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const unknown = asked.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(`There is no bench «${unknown}»; there are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}

const results = join(import.meta.dirname, '../../bench-results');
mkdirSync(results, { recursive: true });
const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version };
for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
  console.log(`\n── ${name}`);
  const bench = await benches[name]?.();
  const found = await bench?.();
  const file = join(results, `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, ...found }, null, 2)}\n`);
}
process.exit(0);
