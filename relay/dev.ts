/** `npm run dev`: the relay from its sources, and widget and console rebuilt when theirs change. */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { buildWidget } from '../widget/build.ts';

const root = join(import.meta.dirname, '..');
const GATHER_MS = 150;

/** Builds the widget again when its sources change; changes that come together are one build. */
function watchWidget(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rebuild = () =>
    buildWidget({ outDir: join(root, 'dist/widget'), minify: false }).then(
      () => process.stdout.write('widget built\n'),
      (error: unknown) => process.stderr.write(`${String(error)}\n`),
    );
  for (const folder of ['widget', 'relay/client', 'relay/protocol'])
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(rebuild, GATHER_MS);
    });
}

await buildWidget({ outDir: join(root, 'dist/widget'), minify: false });
watchWidget();
await build({
  configFile: join(root, 'vite.config.ts'),
  mode: 'console',
  build: { watch: {}, minify: false },
  logLevel: 'warn',
});
const relay = spawn(process.execPath, ['--watch-path=relay', join(root, 'relay/main.ts')], {
  cwd: root,
  stdio: 'inherit',
});
process.on('SIGINT', () => relay.kill('SIGINT'));
process.on('SIGTERM', () => relay.kill('SIGTERM'));
