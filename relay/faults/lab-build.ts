import { join, relative } from 'node:path';
import { build, type Plugin } from 'vite';

const root = join(import.meta.dirname, '../..');

/** One exact text of one source file, replaced while the bundle is made: the one switch of a broken relay. */
export interface Patch {
  /** From the root of the project. */
  file: string;
  find: string;
  replace: string;
  /** Wherever it stands; without it, the text has to stand there exactly once. */
  everywhere?: true;
}

/** Whether a patch finds in this text of its file what it looks for. */
export function finds({ find, everywhere }: Patch, text: string): boolean {
  const times = text.split(find).length - 1;
  return everywhere ? times > 0 : times === 1;
}

/**
 * Bundles the laboratory's relay, as `npm start` bundles the shipped one, into `dist/faults/NAME/relay.js`. Throws when
 * the text of a patch is not there exactly once: a broken relay that is not broken would pass unnoticed.
 */
export async function buildLabRelay(name: string, patches: readonly Patch[] = []): Promise<string> {
  const outDir = join(root, 'dist/faults', name);
  const done = new Set<Patch>();
  const plugin: Plugin = {
    name: 'frontdesk-broken-relay',
    enforce: 'pre',
    transform(code, id) {
      let patched = code;
      for (const patch of patches) {
        if (relative(root, id.split('?')[0] as string) !== patch.file) continue;
        if (!finds(patch, patched))
          throw new Error(
            `The broken relay «${name}» does not find «${patch.find}» in ${patch.file}, or finds it more than once; aim its patch anew.`,
          );
        patched = patched.replaceAll(patch.find, () => patch.replace);
        done.add(patch);
      }
      return patched === code ? null : { code: patched, map: null };
    },
  };
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3', 'pg-native'] },
    plugins: [plugin],
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, target: 'node22', minify: false },
      rolldownOptions: {
        input: { relay: join(root, 'relay/faults/lab-relay.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  for (const patch of patches)
    if (!done.has(patch))
      throw new Error(`The broken relay «${name}» patches ${patch.file}, which is not in the bundle.`);
  return join(outDir, 'relay.js');
}
