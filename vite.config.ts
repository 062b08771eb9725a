import { cpSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig, type UserConfig } from 'vite';

const root = import.meta.dirname;

/** The operator console: a Preact app served under `/console/`. */
const consoleBuild: UserConfig = {
  root: join(root, 'relay/console'),
  base: '/console/',
  publicDir: false,
  plugins: [preact({ reactAliasesEnabled: false, devToolsEnabled: false })],
  build: {
    outDir: join(root, 'dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
};

/**
 * The relay in a few files: importing its libraries one by one takes a second and 300 MB, bundled a tenth of that.
 * Only what has native code, or finds its files by its own place, stays outside.
 */
const relayBuild: UserConfig = {
  root,
  publicDir: false,
  ssr: { noExternal: true, external: ['better-sqlite3', 'pg-native', 'sharp'] },
  plugins: [
    {
      // zod brings its sentences in fifty languages along, as one object that nothing here looks at.
      name: 'zod-in-english',
      enforce: 'pre',
      resolveId: (id, importer) => (/locales\/index\.js$/.test(id) && /\/zod\//.test(importer ?? '') ? '\0none' : null),
      load: (id) => (id === '\0none' ? 'export {};' : null),
    },
    {
      name: 'demo-files',
      closeBundle() {
        for (const folder of ['articles', 'assets'])
          cpSync(join(root, 'relay/demo', folder), join(root, 'dist/relay/demo', folder), { recursive: true });
      },
    },
  ],
  build: {
    ssr: true,
    outDir: join(root, 'dist/relay'),
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    rolldownOptions: {
      input: { main: join(root, 'relay/boot.ts'), cli: join(root, 'relay/cli.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

/** `vite build --mode relay|console`; without a mode, the settings of the unit tests. */
export default defineConfig(({ mode }) => {
  if (mode === 'relay') return relayBuild;
  if (mode === 'console') return consoleBuild;
  return {
    test: {
      include: ['{widget,relay,examples}/**/*.test.{ts,tsx}'],
      globalSetup: ['relay/testing/global-setup.ts'],
      testTimeout: 20_000,
      hookTimeout: 60_000,
      // Two cores: more workers only wait for each other.
      maxWorkers: 2,
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  } as UserConfig;
});
