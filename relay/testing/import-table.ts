/** The import table and the single owners of docs/architecture.md, as functions over source texts. */
import { dirname, join, normalize } from 'node:path';

/** A product file: its path from the root (with `/`) and its text. */
export type Sources = ReadonlyMap<string, string>;

interface Import {
  /** A path from the root, or a package's name. */
  to: string;
  isFile: boolean;
  typesOnly: boolean;
}

const STEPS: readonly (readonly string[])[] = [
  ['sites', 'files', 'operators', 'visitors'],
  ['conversations', 'knowledge'],
  ['routing', 'triggers', 'channels'],
  ['automation', 'notices', 'reports'],
];
const ROOMS = STEPS.flat();
const stepOf = (area: string) => STEPS.findIndex((step) => step.includes(area));

/** What all routes share stands below the rooms, though it lies in `http`. */
const BELOW_ROOMS = new Set(['relay/http/env.ts', 'relay/http/answers.ts']);

/** Each outside thing, and the files that may name it. */
const OWNED_PACKAGES: Record<string, readonly string[]> = {
  ws: ['relay/live/gateway.ts'],
  'better-sqlite3': ['relay/store/sqlite.ts'],
  pg: ['relay/store/postgres.ts'],
  sharp: ['relay/files/picture.ts'],
  'file-type': ['relay/files/uploads.ts'],
};
const OWNED_WORDS: Record<string, readonly string[]> = {
  'process.env': ['relay/config.ts', 'relay/boot.ts'],
  'process.exit': ['relay/main.ts', 'relay/cli.ts'],
  localStorage: ['widget/storage.ts', 'relay/console/storage.ts'],
  attachShadow: ['widget/host.ts'],
};

/** Whether the table binds this file: tests, test kits, benches, the fault laboratory and build steps are free. */
export function isProduct(path: string): boolean {
  if (!/\.tsx?$/.test(path) || /\.(test|contract)\.tsx?$/.test(path)) return false;
  if (/(^|\/)(testing|bench|faults|node_modules)\//.test(path)) return false;
  return !/^(relay|widget)\/(build|dev)\.ts$|(^|\/)make-migrations\.ts$/.test(path);
}

/** The part of the house a file belongs to: `widget`, `protocol`, `conversations`, … or `relay` for what lies at its top. */
function areaOf(path: string): string {
  const [first = '', second = '', third] = path.split('/');
  return first === 'relay' && third !== undefined ? second : first;
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{(,])\/\/.*$/gm, '$1');

function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (name: string, typesOnly: boolean) => {
    const isFile = name.startsWith('.');
    const to = isFile ? normalize(join(dirname(path), name)).replaceAll('\\', '/') : packageOf(name);
    found.push({ to, isFile, typesOnly });
  };
  const code = withoutComments(text);
  for (const [, what = '', name = ''] of code.matchAll(
    /^\s*(?:import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/gm,
  )) {
    const named = /^\s*\{([^}]*)\}\s*$/.exec(what)?.[1];
    const parts = named
      ?.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    add(name, /^\s*type\b/.test(what) || (parts?.every((part) => part.startsWith('type ')) ?? false));
  }
  for (const [, name = ''] of code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm)) add(name, false);
  for (const [, name = ''] of code.matchAll(/\bimport\(\s*['"`]([^'"`]+)['"`]\s*\)/g)) add(name, false);
  return found;
}

function packageOf(name: string): string {
  const parts = name.split('/');
  return name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? name);
}

/** Why `from` may not import `to`; null when it may. */
function objection(from: string, to: string, typesOnly: boolean): string | null {
  const [here, there] = [areaOf(from), areaOf(to)];
  if (!isProduct(to) && /\.(tsx?|js)$/.test(to)) return 'product code imports neither tests, benches nor build steps';
  if (here === there) return null;
  if (there === 'widget') return 'nobody imports the widget';
  if (there === 'console') return 'nobody imports the console';
  const may = (...areas: string[]) => (areas.includes(there) ? null : `${here} imports ${areas.join(', ')} alone`);
  if (here === 'protocol') return 'protocol imports nothing';
  if (here === 'client') return may('protocol');
  if (here === 'widget') return there === 'triggers' && /condition/.test(to) ? null : may('protocol', 'client');
  if (here === 'console') {
    if (to === 'relay/http/app.ts') return typesOnly ? null : 'the console imports types of http/app, not its code';
    return may('protocol', 'client');
  }
  if (here === 'store' || here === 'bus') return may('protocol');
  if (here === 'live') return may('protocol', 'bus');
  if (BELOW_ROOMS.has(from)) return may('protocol', 'store');
  if (ROOMS.includes(here)) {
    if (BELOW_ROOMS.has(to)) return null;
    if (ROOMS.includes(there)) return stepOf(there) <= stepOf(here) ? null : `${here} reaches up to ${there}`;
    return may('protocol', 'store', 'bus');
  }
  if (here === 'http') return there === 'relay' || there === 'demo' ? 'http knows nothing of what is above it' : null;
  return null;
}

/** Every import that the table forbids, as `file → file: why`. */
export function forbiddenImports(sources: Sources): string[] {
  const found: string[] = [];
  const circles = new Map<string, Set<string>>();
  for (const [path, text] of sources) {
    for (const { to, isFile, typesOnly } of importsOf(path, text)) {
      const why = isFile ? objection(path, to, typesOnly) : packageObjection(path, to);
      if (why !== null) found.push(`${path} → ${to}: ${why}`);
      const [here, there] = [areaOf(path), areaOf(to)];
      if (isFile && here !== there && ROOMS.includes(here) && stepOf(here) === stepOf(there)) {
        circles.set(here, (circles.get(here) ?? new Set()).add(there));
      }
    }
  }
  for (const [room, others] of circles) {
    for (const other of others) {
      if (room < other && circles.get(other)?.has(room))
        found.push(`${room} ⇄ ${other}: rooms of one step in a circle`);
    }
  }
  return found;
}

function packageObjection(path: string, name: string): string | null {
  const owners = name.startsWith('@nats-io/') ? ['relay/bus/nats.ts'] : OWNED_PACKAGES[name];
  if (owners !== undefined && !owners.includes(path)) return `${name} is named in ${owners.join(' and ')} alone`;
  if (areaOf(path) === 'protocol' && name !== 'zod') return 'protocol imports nothing besides zod';
  return null;
}

/** Every place that names what another file owns, as `file: word`. */
export function foreignWords(sources: Sources): string[] {
  const found: string[] = [];
  for (const [path, text] of sources) {
    const code = withoutComments(text);
    for (const [word, owners] of Object.entries(OWNED_WORDS)) {
      if (owners.includes(path)) continue;
      if (new RegExp(`\\b${word.replace('.', '\\s*\\.\\s*')}\\b`).test(code)) found.push(`${path}: ${word}`);
    }
  }
  return found;
}

/**
 * Browser code from which zod can be reached by imports that are more than types, as the way there: it weighs 91 KB.
 */
export function waysToZod(sources: Sources): string[] {
  const ways = new Map<string, string | null>();
  const wayFrom = (path: string): string | null => {
    const known = ways.get(path);
    if (known !== undefined) return known;
    ways.set(path, null);
    for (const { to, isFile, typesOnly } of importsOf(path, sources.get(path) ?? '')) {
      if (typesOnly) continue;
      const rest = isFile ? wayFrom(to) : to === 'zod' ? 'zod' : null;
      if (rest !== null) {
        ways.set(path, `${path} → ${rest}`);
        return `${path} → ${rest}`;
      }
    }
    return null;
  };
  const browser = [...sources.keys()].filter((path) => /^(widget|relay\/client|relay\/console)\//.test(path));
  return browser.map(wayFrom).filter((way) => way !== null);
}
