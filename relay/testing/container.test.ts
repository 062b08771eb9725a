import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../config.ts';
import { pack } from '../pack.ts';
import { freePort } from './browser/relay-process.ts';
import { buildForTests } from './built.ts';
import { runProcess } from './shipped-relay.ts';
import { tempDir } from './temp-dir.ts';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
/** The image's stages, as lists of instructions; lines that go on are joined. */
const stages = text('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, ' ')
  .split(/^(?=FROM )/m)
  .map((stage) => stage.trim().split('\n'));
const final = stages.at(-1) ?? [];
const instruction = (name: string) => final.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
const imageEnv = Object.fromEntries(
  instruction('ENV')
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);
const isSetting = (name: string) => new RegExp(`^  ${name}: `, 'm').test(text('relay/config.ts'));

/** Runs below as a user who owns nothing of the image, where the tests' own user may do so. */
const NOBODY = 65_534;
const mayChange = process.getuid?.() === 0;

beforeAll(buildForTests, 120_000);

describe('the image', () => {
  test('runs as a user who owns its data alone, with settings that there are', () => {
    expect(instruction('USER')).toBe('node');
    expect(final.findIndex((line) => line.startsWith('USER '))).toBeLessThan(
      final.findIndex((line) => line.startsWith('CMD ')),
    );
    expect(instruction('EXPOSE')).toBe(imageEnv.PORT);
    expect(instruction('VOLUME')).toBe(imageEnv.DATA_DIR);
    for (const name of Object.keys(imageEnv)) expect(name === 'NODE_ENV' || isSetting(name), name).toBe(true);
    readConfig(imageEnv);
  });

  test('has no more of the sources than its build needs, and no data', () => {
    const [everything, ...lines] = text('.dockerignore').trim().split('\n');
    expect(everything).toBe('*');
    const let_in = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const copied = (stages[0] ?? [])
      .filter((line) => line.startsWith('COPY '))
      .flatMap((line) => line.split(' ').slice(1, -1))
      .filter((path) => path !== '.');
    expect(copied).toEqual(['package.json', 'package-lock.json', '.npmrc']);
    for (const path of [...copied, 'relay', 'widget', 'vite.config.ts']) expect(let_in).toContain(path);
    for (const path of let_in) expect(readdirSync(root), path).toContain(path);
    expect(let_in.join()).not.toMatch(/data|dist|node_modules|\.git|\.env/);
  });

  test('starts, says how it is, and stops, with nothing to write to but its data', async () => {
    const app = join(tempDir(), 'app');
    const data = join(tempDir(), 'data');
    pack(app);
    mkdirSync(data, { mode: 0o700 });
    const as = mayChange ? { uid: NOBODY, gid: NOBODY } : {};
    if (mayChange) chownSync(data, NOBODY, NOBODY);
    for (const path of [join(app, '..'), join(data, '..')]) chmodSync(path, 0o755);
    if (!mayChange) chmodSync(app, 0o555);
    const before = readdirSync(app, { recursive: true });
    expect(before.filter((path) => /\.ts$|vite|react|playwright/.test(String(path)))).toEqual([]);

    const env = { ...imageEnv, HOST: '127.0.0.1', PORT: String(await freePort()), DATA_DIR: data, DEMO: '0' };
    const run = (command: string[]) =>
      runProcess(command[0] === 'node' ? process.execPath : (command[0] ?? ''), command.slice(1), env, app, as);
    const health = JSON.parse(instruction('HEALTHCHECK').replace(/^.*? CMD /, '')) as string[];
    expect(await run(health).ended()).toBe(1);
    const relay = run(JSON.parse(instruction('CMD')) as string[]);
    await relay.ready(Number(env.PORT));
    expect(await run(health).ended()).toBe(0);
    const wrapper = /exec node (\S+) "\$@"/.exec(text('Dockerfile'))?.[1] ?? '';
    const frontdesk = (...args: string[]) => run(['node', wrapper.replace('/app/', ''), ...args]);
    const site = frontdesk('site', 'create', '--origin', 'https://shop.example');
    expect(await site.ended(), site.said.stderr).toBe(0);
    const backup = frontdesk('backup', join(data, 'backup.tar'));
    expect(await backup.ended(), backup.said.stderr).toBe(0);
    const doctor = frontdesk('doctor');
    expect(await doctor.ended(), doctor.said.stdout).toBe(0);
    relay.stop();
    expect(await relay.ended()).toBe(0);
    expect(relay.said.stderr).toBe('');
    expect(readdirSync(app, { recursive: true })).toEqual(before);
    expect(readdirSync(data).sort()).toEqual(['backup.tar', 'compiled', 'frontdesk.db', 'secret']);
  });
});

describe('compose.yaml', () => {
  interface Service {
    image?: string;
    command?: string;
    environment?: Record<string, string>;
    volumes?: string[];
    networks?: string[];
    ports?: string[];
    depends_on?: Record<string, unknown>;
    profiles?: string[];
    read_only?: boolean;
  }
  const compose = parse(text('compose.yaml')) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
    networks: Record<string, { ipam: { config: { subnet: string }[] } }>;
  };
  const { relay, caddy, postgres } = compose.services;
  /** As compose puts values in, from these variables. */
  const filled = (value: string, env: Record<string, string>) =>
    value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
      if (env[name]) return env[name];
      if (kind === '?') throw new Error(rest);
      return rest;
    });
  const relayConfig = (env: Record<string, string>) =>
    readConfig({
      ...imageEnv,
      ...Object.fromEntries(
        Object.entries(relay?.environment ?? {}).map(([name, value]) => [name, filled(value, env)]),
      ),
    });

  test('names only what it has', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const volume of service.volumes ?? [])
        expect(compose.volumes, name).toHaveProperty(volume.split(':')[0] ?? '');
      for (const network of service.networks ?? []) expect(compose.networks, name).toHaveProperty(network);
      for (const other of Object.keys(service.depends_on ?? {})) expect(compose.services, name).toHaveProperty(other);
    }
    for (const name of Object.keys(relay?.environment ?? {})) expect(isSetting(name), name).toBe(true);
  });

  test('gives the relay settings that it takes', () => {
    expect(relayConfig({ DOMAIN: 'support.example' })).toMatchObject({
      publicUrl: 'https://support.example',
      databaseUrl: undefined,
      secrets: undefined,
      ownerEmail: undefined,
      demo: false,
      dataDir: '/data',
      host: '0.0.0.0',
    });
    expect(() => relayConfig({})).toThrow(/DOMAIN/);
    const databaseUrl = 'postgres://frontdesk:PASSWORD@postgres/frontdesk';
    expect(text('compose.yaml')).toContain(`DATABASE_URL=${databaseUrl}`);
    expect(relayConfig({ DOMAIN: 'support.example', DATABASE_URL: databaseUrl }).databaseUrl).toBe(databaseUrl);
    const { username, hostname, pathname } = new URL(databaseUrl);
    expect(compose.services).toHaveProperty(hostname);
    expect(postgres?.environment).toMatchObject({ POSTGRES_USER: username, POSTGRES_DB: pathname.slice(1) });
    expect(postgres?.profiles).toEqual(['postgres']);
  });

  test('lets Caddy alone be reached, and believes it alone', () => {
    expect(relay?.ports).toBeUndefined();
    expect(postgres?.ports).toBeUndefined();
    expect(caddy?.command).toContain(`--to relay:${imageEnv.PORT}`);
    expect(relay?.environment?.TRUST_PROXY).toBe(compose.networks.inside?.ipam.config[0]?.subnet);
  });

  test('keeps the data in a volume, and nothing else can be written', () => {
    expect(relay?.read_only).toBe(true);
    expect(relay?.volumes).toEqual([`data:${imageEnv.DATA_DIR}`]);
  });

  test('takes variables that hosting.md explains', () => {
    const named = new Set([...text('compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
    for (const name of named) expect(text('docs/hosting.md'), name).toContain(`\`${name}\``);
  });
});
