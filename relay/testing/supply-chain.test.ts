import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}
const read = <T>(name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../..', name), 'utf8')) as T;
const { packages } = read<{ packages: Record<string, Locked> }>('package-lock.json');
const locked = Object.entries(packages).filter(([path]) => path !== '');
const { allowScripts, dependencies } = read<{
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
}>('package.json');
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

test('[S20] every package is locked to its content', () => {
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path)).toEqual([]);
});

test('[S20] packages come from the npm registry alone: no git, no file, no other address', () => {
  const elsewhere = locked.filter(
    ([, { resolved }]) => resolved && !/^https:\/\/registry\.npmjs\.org\//.test(resolved),
  );
  expect(elsewhere.map(([path]) => path)).toEqual([]);
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('[S20] nothing runs at an install but what is listed', () => {
  const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  expect(scripted.length).toBeGreaterThan(0);
  for (const name of scripted) expect(allowScripts, name).toHaveProperty([name]);
  expect(readFileSync(join(import.meta.dirname, '../../.npmrc'), 'utf8')).toMatch(/^strict-allow-scripts=true$/m);
});

test('[S20] what the product is made of has licences that let it be given away', () => {
  const free = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|PSF-2\.0|MPL-2\.0|BlueOak-1\.0\.0|CC0-1\.0)$/;
  // A library that is loaded beside our code and can be exchanged: its licence asks for no more.
  const exchangeable = (path: string, license = '') =>
    /@img\/sharp-(libvips-|win32-|wasm32)/.test(path) && /LGPL-3\.0-or-later/.test(license);
  const product = locked.filter(([, { dev }]) => !dev);
  expect(product.length).toBeGreaterThan(30);
  const others = product.filter(
    ([path, { license }]) =>
      !exchangeable(path, license) && !(license ?? '').split(/ (?:OR|AND) /).every((one) => free.test(one)),
  );
  expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});

/** Where known holes are closed; packages that are not in use yet are looked at as soon as they are. */
const LEAST: Record<string, string> = {
  ...{ ws: '8.21.0', hono: '4.12.27', '@hono/node-server': '2.0.10', nodemailer: '9.0.1', mailparser: '3.9.3' },
  ...{ 'smtp-server': '3.18.3', dompurify: '3.4.11', 'sanitize-html': '2.17.4', 'markdown-it': '14.1.1' },
  'altcha-lib': '1.4.1',
};
const parts = (version: string) => version.split('.').map(Number);
const isAtLeast = (version: string, least: string) => {
  const [have, want] = [parts(version), parts(least)];
  const at = have.findIndex((part, i) => part !== want[i]);
  return at < 0 || (have[at] ?? 0) > (want[at] ?? 0);
};

test('[S20] no package is older than the version that closed its known holes', () => {
  expect([isAtLeast('8.21.0', '8.21.0'), isAtLeast('8.3.9', '8.21.0'), isAtLeast('9.0.0', '8.21.0')]).toEqual([
    ...[true, false, true],
  ]);
  const watched = locked.filter(([path, { dev }]) => nameOf(path) in LEAST && !dev);
  expect(watched.length).toBeGreaterThanOrEqual(4);
  for (const [path, { version = '0' }] of watched)
    expect(isAtLeast(version, LEAST[nameOf(path)] ?? ''), `${path} ${version}`).toBe(true);
});
