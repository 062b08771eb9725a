import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildForTests } from '../relay/testing/built.ts';
import { makeTempDir } from '../relay/testing/temp-dir.ts';

const root = join(import.meta.dirname, '..');
const built = join(root, 'dist/npm');

/** A page's code as TypeScript sees it; each line with `expected` above it has to be refused. */
const PAGE = `
import { createWidget, type WidgetState } from '@frontdesk/widget';

const widget = createWidget({ relay: 'https://support.example', site: 'demo', position: 'left' });
const stop: () => void = widget.on('message:received', ({ text, author }) => console.log(text.length, author.length));
widget.once('unread', (count) => console.log(count.toFixed()));
const state: WidgetState = widget.state();
await widget.open('chat', { draft: 'hello' });
await widget.prefill({ name: 'Ada', email: { value: 'a@b.example', readOnly: true }, fields: { order: '7' } });
stop();
console.log(state.unread);
// @ts-expect-error an event that is not there
widget.on('dance', () => {});
// @ts-expect-error a position that is not there
createWidget({ relay: 'https://support.example', site: 'demo', position: 'top' });
// @ts-expect-error no relay
createWidget({ site: 'demo' });
// @ts-expect-error the data of an event is typed
widget.on('unread', (count) => count.text);
`;

beforeAll(buildForTests, 120_000);

test('the npm package has a manifest of its own and can be imported where there is no window', async () => {
  const manifest = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: '@frontdesk/widget', version, type: 'module' });
  expect(manifest).not.toHaveProperty('dependencies');
  expect(Object.keys(await import(join(built, 'index.js')))).toEqual(['createWidget']);
});

test('its types stand alone, say what a page may do, and let nothing through as any', () => {
  const { path, remove } = makeTempDir();
  const types = readFileSync(join(built, 'index.d.ts'), 'utf8');
  expect(types).not.toMatch(/\bany\b|^import /m);
  mkdirSync(join(path, 'node_modules/@frontdesk'), { recursive: true });
  symlinkSync(built, join(path, 'node_modules/@frontdesk/widget'));
  writeFileSync(join(path, 'page.ts'), PAGE);
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
  };
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['page.ts'] }));
  writeFileSync(join(path, 'package.json'), '{"type":"module"}');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', path], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  remove();
});
