/**
 * `node relay/pack.ts DIR`: copies what a built relay runs from into DIR, and nothing else: the bundle, the built widget
 * and console, and the packages with native code. Build first. The container image is made of it.
 */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const native = 'node_modules/better-sqlite3';
/** What draws pictures, with what it loads; of its binaries those of this system. */
const drawing = ['sharp', '@img/colour', 'detect-libc', 'semver'].map((name) => `node_modules/${name}`);
/** Of that package: its code, its licence, and the binary of this system. */
const parts = ['package.json', 'LICENSE', 'lib', `prebuilds/${process.platform}-${process.arch}.node`];

/** Copies what runs into `folder`. */
export function pack(folder: string): void {
  const binaries = readdirSync(join(root, 'node_modules/@img')).filter((name) => name.startsWith('sharp-'));
  const paths = ['dist/relay', 'dist/widget', 'dist/console', 'LICENSE', ...parts.map((part) => `${native}/${part}`)];
  paths.push(...drawing, ...binaries.map((name) => `node_modules/@img/${name}`));
  for (const path of paths) {
    const from = join(root, path);
    if (!existsSync(from)) throw new Error(`${path} is missing; run «npm ci» and «npm run build» first.`);
    // Types are for building only.
    const filter = (name: string) => !/\.d\.[cm]?ts$/.test(name);
    cpSync(from, join(folder, path), { recursive: true, dereference: true, filter });
  }
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, license, type: 'module' })}\n`);
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Say where to: node relay/pack.ts DIR');
  pack(folder);
}
