// Plain JavaScript, so that an old Node can read it and say what is wrong.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Frontdesk needs Node 22.18 or later; this is ${process.versions.node}. Start it with «npm start» after «npm ci».`,
  );
  process.exit(1);
}
const { existsSync } = await import('node:fs');
const { join } = await import('node:path');
// A published or containerised copy has no sources, and nothing to build.
if (existsSync(join(import.meta.dirname, 'build.ts'))) {
  const { buildStale } = await import('./build.ts');
  await buildStale();
}
await import('../dist/relay/main.js');
