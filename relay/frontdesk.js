#!/usr/bin/env node
const { existsSync } = await import('node:fs');
const { join } = await import('node:path');
const bundle = join(import.meta.dirname, '../dist/relay/cli.js');
if (existsSync(join(import.meta.dirname, 'build.ts')) && !existsSync(bundle)) {
  const { buildStale } = await import('./build.ts');
  await buildStale();
}
await import(bundle);
