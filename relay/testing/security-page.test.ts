import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| (S\d+|\d+\.\d+\.\d+) \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const filesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);

test('every file that the security page names is there', () => {
  expect(rows.length).toBeGreaterThan(230);
  const named = rows.flatMap((row) => filesIn(row.at(-2) ?? ''));
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every control is there, and its tests begin with its number', () => {
  const controls = rows.filter(([, id = '']) => id.startsWith('S'));
  expect(controls.map(([, id]) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `S${i + 1}`));
  for (const [, id = '', , tests = ''] of controls.filter(([, , , cell]) => cell !== 'open'))
    for (const path of filesIn(tests)) expect(readFileSync(join(root, path), 'utf8'), path).toContain(`[${id}]`);
});

test('every requirement is there once, with a state, and what is shown says where', () => {
  const requirements = rows.filter(([, id = '']) => !id.startsWith('S'));
  const ids = requirements.map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id, about, state] of requirements) {
    expect(['shown', 'hoster', 'open', 'does not apply'], id).toContain(state);
    expect(about, id).toMatch(/\S/);
  }
  const count = (state: string) => requirements.filter((row) => row[3] === state).length;
  const said =
    /Of (\d+)\s+requirements (\d+) are shown, (\d+) are the hoster's, (\d+) are open, (\d+) do not apply/.exec(page);
  expect(said?.slice(1).map(Number)).toEqual([
    ...[requirements.length, count('shown'), count('hoster'), count('open'), count('does not apply')],
  ]);
});
