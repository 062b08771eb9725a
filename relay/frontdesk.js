#!/usr/bin/env node
const { spawnSync } = await import('node:child_process');
const { existsSync } = await import('node:fs');
const { join } = await import('node:path');
const build = join(import.meta.dirname, 'build.ts');
const options = { stdio: ['ignore', 'ignore', 'inherit'] };
if (existsSync(build) && spawnSync(process.execPath, [build, '--relay'], options).status !== 0) process.exit(1);
(await import('./end-with-npm.js')).endWithNpm();
await import('../dist/relay/cli.js');
