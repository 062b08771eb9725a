import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Plugin, parseAst } from 'vite';
import { CLOSE_CODES, mayRetry } from '../relay/protocol/close-codes.ts';
import { LIMITS } from '../relay/protocol/limits.ts';
import en from './locales/en.ts';
import ru from './locales/ru.ts';
import { writePackage } from './package.ts';
import { packageTypes } from './package-types.ts';

const here = dirname(fileURLToPath(import.meta.url));
const view = join(here, 'base/view.ts');
/** Parts of the client that are seldom needed, by the file that fetches them then. */
const LATER: Record<string, string> = {
  'sse-wire.ts': join(here, 'sse-later.ts'),
  'memory-outbox.ts': join(here, 'memory-later.ts'),
};
/** Stands for the hash until everything is built. */
const HASH = 'hash-to-come';
const locales = { en, ru };

/** Where the widget is built to, and whether its code is made small. */
export interface WidgetBuild {
  outDir: string;
  /** Where the npm package of the same build goes; none is made without it. */
  packageDir?: string;
  minify?: boolean;
}

/** What the window and the chat load when it is wanted. */
const LATE = /\/widget\/(life|content|form-more|history|pre-chat|queue|knowledge-more|emoji)\//;

/** JSX becomes calls of the widget's own renderer. */
const ownJsx: Plugin = {
  name: 'frontdesk-own-jsx',
  enforce: 'pre',
  transform: {
    filter: { id: /\.tsx$/ },
    // Parts of the chat say that the window is there, so that what both draw with stays in the window's own file.
    handler: (code, id) => ({
      code: `import { h, Fragment } from '${view}';${LATE.test(id) ? `import '${join(here, 'app.tsx')}';` : ''}${code}`,
      map: null,
    }),
  },
};

const BROWSERS = { set: 'setTimeout', clear: 'clearTimeout', now: 'Date.now' };
/** The client with the browser's own timers, chance and sockets in place of those it can be given. */
const inBrowser = (code: string) =>
  code
    .replace(/\btimers\.(set|clear|now)\b/g, (_all, name: keyof typeof BROWSERS) => BROWSERS[name])
    .replace(/\brandom\(\)/g, 'Math.random()')
    .replace(/(?<=[{,]\s*)(?:timers|random)(?: = [\w.]+)?(?=\s*[,}])/g, '')
    .replace(/,(?=\s*,)/g, '')
    .replace(', Socket: typeof WebSocket = WebSocket', '')
    .replace('new Socket', 'new WebSocket')
    // Only the console stops following what it showed.
    .replace(/unfollow: [\s\S]*?\n {4}\},/, '');

/** Code with its figures in place of their names: those of the limits, and a file's own constants. */
const figures = (code: string) => {
  let plain = code.replace(/\bLIMITS\.(\w+)/g, (_all, name) => `${LIMITS[name as keyof typeof LIMITS]}`);
  for (const [, name = '', figure = ''] of plain.matchAll(/^const ([A-Z][A-Z\d_]*) = ([\d_.]+);$/gm))
    plain = plain.replaceAll(new RegExp(`(?<!const )\\b${name}\\b`, 'g'), figure);
  return plain;
};

/**
 * Leaves out what a browser does not use: the figures of the limits stand in place of their names, of the close codes only
 * those that say «stay away» remain, the client's timers and chance are the browser's own, which only tests replace, and
 * what stands in for a blocked WebSocket or IndexedDB is a file of its own.
 */
const lean: Plugin = {
  name: 'frontdesk-lean',
  enforce: 'pre',
  resolveId: (source, importer) => (importer?.startsWith(here) ? null : (LATER[source.replace(/.*\//, '')] ?? null)),
  load: (id) =>
    id.endsWith('/protocol/close-codes.ts')
      ? `const final = /^(${Object.keys(CLOSE_CODES)
          .filter((code) => !mayRetry(Number(code)))
          .join('|')})$/;
         export const mayRetry = (code) => !final.test(code);`
      : null,
  transform: {
    filter: { id: /\.tsx?$/ },
    handler: (code, id) => ({
      code: figures(/relay\/client\/(line|outbox|session|socket-wire)\.ts/.test(id) ? inBrowser(code) : code),
      map: null,
    }),
  },
};

const shared = (minify: boolean): InlineConfig => ({
  configFile: false,
  logLevel: 'warn',
  root: here,
  publicDir: false,
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
  plugins: [ownJsx, lean],
  build: {
    write: false,
    target: ['chrome120', 'firefox121', 'safari16.4'],
    minify,
    cssMinify: minify,
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
  },
});

/** The one output of a library build, as files with their code. */
async function run(config: InlineConfig): Promise<{ name: string; code: string }[]> {
  const built = await build(config);
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error('The build of the widget gave no output.');
  return output.output.flatMap((file) => {
    if (file.type !== 'chunk') return [];
    const code = file.code.replace(/(\w?)\/\* @__PURE__ \*\/ ?/g, (_all, before) => before && `${before} `);
    // What was replaced as text has to be code still.
    parseAst(code);
    return [{ name: file.fileName, code }];
  });
}

/**
 * Removes the parts of all builds but this one and the one before: pages that were opened before an upgrade still ask for
 * those.
 */
async function dropOldParts(outDir: string, digest: string): Promise<void> {
  const names = await readdir(join(outDir, 'parts')).catch(() => []);
  const before = await readFile(join(outDir, 'parts.json'), 'utf8').catch(() => '{}');
  const kept = new Set(Object.values(JSON.parse(before) as Record<string, string>));
  for (const name of names)
    if (!kept.has(name) && !name.includes(digest)) await rm(join(outDir, 'parts', name), { force: true });
}

/**
 * Builds `widget.js`, `stub.js`, `gallery.js` and `parts/NAME-HASH.js`, with `parts.json` naming the parts. The parts are ES modules
 * that share the code of `app`; the loader is one classic script that knows their hash.
 */
export async function buildWidget({ outDir, packageDir, minify = true }: WidgetBuild): Promise<void> {
  const base = shared(minify);
  const at = (file: string) => join(here, file);
  const entries = {
    app: at('app.tsx'),
    api: at('api.ts'),
    live: at('live.ts'),
    quiet: at('consent/quiet.tsx'),
    rules: at('invitations/rules.ts'),
    bubble: at('invitations/bubble.ts'),
    ...Object.fromEntries(
      Object.keys(locales).flatMap((code) => [
        [`words-${code}`, at(`locales/${code}.ts`)],
        [`more-${code}`, at(`locales/more-${code}.ts`)],
      ]),
    ),
  };
  // Each entry by itself: what two of them share comes from the loader, not in a further file.
  const buildPart = ([name, file]: [string, string]) =>
    run({
      ...base,
      build: {
        ...base.build,
        lib: { entry: { [name]: file }, formats: ['es'] },
        rolldownOptions: {
          // Lets what the chat shares with the window stand in the window's own file.
          preserveEntrySignatures: 'allow-extension',
          output: { minify, entryFileNames: `[name]-${HASH}.js`, chunkFileNames: `[name]-${HASH}.js` },
        },
      },
    });
  const parts = (await Promise.all(Object.entries(entries).map(buildPart))).flat();
  // One hash of everything stands in every name, so that the loader needs to know only one.
  const hash = createHash('sha256');
  for (const { name, code } of parts) hash.update(name + code);
  const digest = hash.digest('hex').slice(0, 10);
  const named = (text: string) => text.replaceAll(HASH, digest);
  const define = { __BUILD__: JSON.stringify(digest) };
  const [loader] = await run({
    ...base,
    define,
    build: {
      ...base.build,
      lib: { entry: at('loader.ts'), name: 'frontdeskLoader', formats: ['iife'], fileName: () => 'widget.js' },
      rolldownOptions: { output: { minify } },
    },
  });
  const [gallery] = await run({
    ...base,
    build: {
      ...base.build,
      lib: {
        entry: at('gallery/gallery.ts'),
        name: 'frontdeskGallery',
        formats: ['iife'],
        fileName: () => 'gallery.js',
      },
    },
  });
  if (!loader) throw new Error('The build of the widget gave no loader.');
  if (packageDir) {
    const [entry] = await run({
      ...base,
      define,
      build: {
        ...base.build,
        lib: { entry: at('index.ts'), formats: ['es'], fileName: () => 'index.js' },
        rolldownOptions: { output: { minify } },
      },
    });
    await writePackage(packageDir, entry?.code ?? '', await packageTypes(at('index.ts')));
  }

  await dropOldParts(outDir, digest);
  await mkdir(join(outDir, 'parts'), { recursive: true });
  await Promise.all([
    writeFile(join(outDir, 'widget.js'), loader.code),
    writeFile(join(outDir, 'gallery.js'), gallery?.code ?? ''),
    // What a tool that weighs or preloads the parts goes by.
    writeFile(
      join(outDir, 'parts.json'),
      JSON.stringify(Object.fromEntries(parts.map(({ name }) => [name.replace(`-${HASH}.js`, ''), named(name)]))),
    ),
    copyFile(at('stub.js'), join(outDir, 'stub.js')),
    ...parts.map(({ name, code }) => writeFile(join(outDir, 'parts', named(name)), named(code))),
  ]);
}
