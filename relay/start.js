// Plain JavaScript, so that an old Node can read it and say what is wrong.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Frontdesk needs Node 22.18 or later; this is ${process.versions.node}. Start it with «npm start» after «npm ci».`,
  );
  process.exit(1);
}
const { spawnSync } = await import('node:child_process');
const { existsSync } = await import('node:fs');
const { join } = await import('node:path');
const build = join(import.meta.dirname, 'build.ts');
// A published or containerised copy has no sources, and nothing to build. In a process of its own, since what a build
// needs of memory would stay with the relay.
if (existsSync(build) && spawnSync(process.execPath, [build], { stdio: 'inherit' }).status !== 0) process.exit(1);
(await import('./end-with-npm.js')).endWithNpm();
await import('../dist/relay/main.js');
