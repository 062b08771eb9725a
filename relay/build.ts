import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { buildWidget } from '../widget/build.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** When the newest file below these folders was changed, in milliseconds. */
function newest(...paths: string[]): number {
  let latest = 0;
  for (const path of paths) {
    const stat = statSync(path);
    if (!stat.isDirectory()) latest = Math.max(latest, stat.mtimeMs);
    else
      for (const entry of readdirSync(path)) {
        if (/\.test\.tsx?$|^(bench|faults|testing|node_modules)$/.test(entry)) continue;
        latest = Math.max(latest, newest(join(path, entry)));
      }
  }
  return latest;
}

const outputs = {
  relay: join(dist, 'relay/main.js'),
  console: join(dist, 'console/index.html'),
  widget: join(dist, 'widget/widget.js'),
};
export type Part = keyof typeof outputs;

/** Parts that were never built or are older than their sources. */
export function stale(): Part[] {
  const shared = newest(
    join(root, 'relay/protocol'),
    join(root, 'relay/client'),
    join(root, 'package-lock.json'),
    join(root, 'vite.config.ts'),
  );
  const sources: Record<Part, number> = {
    relay: Math.max(shared, newest(join(root, 'relay'))),
    console: Math.max(shared, newest(join(root, 'relay/console'))),
    widget: Math.max(shared, newest(join(root, 'widget'))),
  };
  return (Object.keys(outputs) as Part[]).filter(
    (part) => !existsSync(outputs[part]) || statSync(outputs[part]).mtimeMs < sources[part],
  );
}

/** Builds parts into `dist/`. */
export async function buildParts(parts: readonly Part[]): Promise<void> {
  const configFile = join(root, 'vite.config.ts');
  for (const part of parts) {
    if (part === 'widget') await buildWidget({ outDir: join(dist, 'widget'), packageDir: join(dist, 'npm') });
    else await build({ configFile, mode: part, logLevel: 'warn' });
  }
}

/** Builds what is missing or older than its sources, of these parts or of all. */
export async function buildStale(wanted: readonly Part[] = ['relay', 'console', 'widget']): Promise<void> {
  const parts = stale().filter((part) => wanted.includes(part));
  if (parts.length === 0) return;
  process.stdout.write(`Building ${parts.join(', ')} …\n`);
  await buildParts(parts);
}

// `--all`: whatever is there already · `--relay`: what the command line needs.
if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes('--all')) await buildParts(['relay', 'console', 'widget']);
  else await buildStale(process.argv.includes('--relay') ? ['relay'] : undefined);
}
