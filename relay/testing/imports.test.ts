import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { forbiddenImports, foreignWords, isProduct, type Sources, waysToZod } from './import-table.ts';

const root = join(import.meta.dirname, '..', '..');

function read(): Sources {
  const sources = new Map<string, string>();
  for (const folder of ['relay', 'widget'].map((name) => join(root, name)).filter((path) => existsSync(path))) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const path = relative(root, file).replaceAll('\\', '/');
      if (isProduct(path)) sources.set(path, readFileSync(file, 'utf8'));
    }
  }
  return sources;
}

const house = read();

test('every import of the product keeps to the table', () => {
  expect(house.size).toBeGreaterThan(50);
  expect(forbiddenImports(house)).toEqual([]);
});

test('each outside thing is named by its owner alone', () => {
  expect(foreignWords(house)).toEqual([]);
});

test('no zod reaches a browser', () => {
  expect(waysToZod(house)).toEqual([]);
});

/* The table itself is tried on houses that break it. */
test.each([
  ['relay/protocol/a.ts', "import { x } from '../store/index.ts';"],
  ['relay/protocol/a.ts', "import { x } from 'hono';"],
  ['relay/client/a.ts', "import { x } from '../store/clock.ts';"],
  ['widget/a.ts', "import { x } from '../relay/live/live.ts';"],
  ['widget/chat/a.ts', "import type { x } from '../../relay/conversations/rules.ts';"],
  ['relay/console/a.tsx', "import { x } from '../http/app.ts';"],
  ['relay/console/inbox/a.tsx', "import type { x } from '../../conversations/store.ts';"],
  ['relay/store/a.ts', "import { x } from '../bus/bus.ts';"],
  ['relay/live/a.ts', "import { x } from '../store/index.ts';"],
  ['relay/live/a.ts', "import { x } from '../conversations/rules.ts';"],
  ['relay/sites/a.ts', "import { x } from '../conversations/rules.ts';"],
  ['relay/sites/a.ts', "import { x } from '../http/app.ts';"],
  ['relay/sites/a.ts', "import { x } from '../live/hub.ts';"],
  ['relay/sites/a.ts', "export * from '../triggers/rules.ts';"],
  ['relay/conversations/a.ts', "const x = await import('../triggers/store.ts');"],
  ['relay/http/a.ts', "import { x } from '../create-relay.ts';"],
  ['relay/http/a.ts', "import { x } from '../../widget/options.ts';"],
  ['relay/create-relay.ts', "import { x } from './testing/clock.ts';"],
  ['relay/create-relay.ts', "import './console/main.tsx';"],
  ['relay/create-relay.ts', "import { Pool } from 'pg';"],
  ['relay/live/hub.ts', "import type { WebSocket } from 'ws';"],
  ['relay/bus/a.ts', "import { x } from '@nats-io/transport-node';"],
  ['relay/sites/a.ts', "import {\n  x,\n  y,\n} from '../triggers/rules.ts';"],
])('%s with %s breaks it', (path, text) => {
  expect(forbiddenImports(new Map([[path, text]]))).toHaveLength(1);
});

test.each([
  ['relay/console/a.tsx', "import type { ConsoleApi } from '../http/app.ts';"],
  ['relay/sites/routes.ts', "import { x } from '../http/answers.ts';\nimport type { AppEnv } from '../http/env.ts';"],
  ['relay/triggers/a.ts', "import { x } from '../sites/store.ts';"],
  ['relay/live/gateway.ts', "import { WebSocketServer } from 'ws';"],
  ['relay/sites/a.ts', "// import { x } from '../triggers/rules.ts';"],
  ['relay/sites/a.ts', "/* import { x } from '../triggers/rules.ts'; */"],
])('%s with %s keeps to it', (path, text) => {
  expect(forbiddenImports(new Map([[path, text]]))).toEqual([]);
});

test('rooms of one step in a circle are found', () => {
  const circle = new Map([
    ['relay/sites/a.ts', "import { x } from '../operators/b.ts';"],
    ['relay/operators/c.ts', "import { x } from '../sites/d.ts';"],
  ]);
  expect(forbiddenImports(circle)).toEqual(['operators ⇄ sites: rooms of one step in a circle']);
});

test('words are found in code, not in comments', () => {
  const sources = new Map([
    ['relay/sites/a.ts', 'const x = process.env.X;'],
    ['relay/sites/b.ts', '/* process.env */ // process.exit'],
    ['relay/config.ts', 'const x = process.env;'],
  ]);
  expect(foreignWords(sources)).toEqual(['relay/sites/a.ts: process.env']);
});

test('zod is found behind several files, and types do not count', () => {
  const sources = new Map([
    ['widget/a.ts', "import { x } from '../relay/client/b.ts';"],
    ['relay/client/b.ts', "import { type X, y } from '../protocol/c.ts';"],
    ['relay/protocol/c.ts', "import { z } from 'zod';"],
    [
      'widget/d.ts',
      "import type { x } from '../relay/protocol/c.ts';\nimport { type X } from '../relay/protocol/c.ts';",
    ],
  ]);
  expect(waysToZod(sources)).toEqual([
    'widget/a.ts → relay/client/b.ts → relay/protocol/c.ts → zod',
    'relay/client/b.ts → relay/protocol/c.ts → zod',
  ]);
});
