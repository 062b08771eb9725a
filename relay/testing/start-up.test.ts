import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from './browser/relay-process.ts';
import { buildForTests } from './built.ts';
import { askSession, signIn, until } from './clients.ts';
import { rawSocket, visitorHello } from './raw-socket.ts';
import { runRelay } from './shipped-relay.ts';
import { tempDir } from './temp-dir.ts';

beforeAll(buildForTests, 120_000);

describe('a relay that cannot start says why in one sentence', () => {
  /** A port that somebody else listens on. */
  const busyPort = async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    return port;
  };
  const file = (name: string, text = 'not a folder, not a database') => {
    const path = join(tempDir(), name);
    writeFileSync(path, text);
    return path;
  };
  const settings: [string, () => Promise<Record<string, string>> | Record<string, string>, RegExp][] = [
    ['a busy port', async () => ({ PORT: String(await busyPort()) }), /port \d+ is in use; set PORT/],
    ['PORT=abc', () => ({ PORT: 'abc' }), /PORT/],
    ['PORT=70000', () => ({ PORT: '70000' }), /PORT/],
    ['PORT=-1', () => ({ PORT: '-1' }), /PORT/],
    ['an address of another machine', () => ({ HOST: '192.0.2.1' }), /HOST=192\.0\.2\.1/],
    ['a host that is no address', () => ({ HOST: 'no such host' }), /HOST/],
    ['a data folder below a file', () => ({ DATA_DIR: join(file('file'), 'data') }), /DATA_DIR/],
    ['a data folder that is a file', () => ({ DATA_DIR: file('file') }), /DATA_DIR/],
    ['a data folder in /proc', () => ({ DATA_DIR: '/proc/x' }), /DATA_DIR/],
    [
      'a damaged database',
      () => ({ DATA_DIR: join(file('frontdesk.db', 'x'.repeat(9_000)), '..') }),
      /frontdesk\.db is damaged/,
    ],
    ['DATABASE_URL=mysql://x', () => ({ DATABASE_URL: 'mysql://x' }), /DATABASE_URL.*postgres:\/\//],
    [
      'a Postgres that is not there',
      async () => ({ DATABASE_URL: `postgres://me:hush@127.0.0.1:${await freePort()}/x` }),
      /Postgres cannot be reached at 127\.0\.0\.1/,
    ],
    ['TRUST_PROXY=garbage', () => ({ TRUST_PROXY: 'garbage' }), /TRUST_PROXY/],
    ['TRUST_PROXY=10.0.0.0/99', () => ({ TRUST_PROXY: '10.0.0.0/99' }), /TRUST_PROXY/],
    ['a GEOIP_DB that is not there', () => ({ GEOIP_DB: '/nowhere/city.mmdb' }), /GEOIP_DB \(\/nowhere\/city\.mmdb\)/],
    ['a GEOIP_DB that is none', () => ({ GEOIP_DB: file('city.mmdb') }), /GEOIP_DB/],
    ['PUBLIC_URL=shop', () => ({ PUBLIC_URL: 'shop' }), /PUBLIC_URL/],
    ['OWNER_EMAIL=olga', () => ({ OWNER_EMAIL: 'olga' }), /OWNER_EMAIL/],
    ['a short OWNER_PASSWORD', () => ({ OWNER_PASSWORD: 'hush' }), /OWNER_PASSWORD/],
    ['an OWNER_PASSWORD that everybody tries', () => ({ OWNER_PASSWORD: 'password1' }), /OWNER_PASSWORD.*tried first/],
    ['LOG_LEVEL=loud', () => ({ LOG_LEVEL: 'loud' }), /LOG_LEVEL/],
    ['a short SECRET', () => ({ SECRET: 'Xq7Jx2mVt9LkPz4Rw-secret' }), /SECRET.*too short: 32 characters/],
    ['a SECRET of a guide', () => ({ SECRET: 'changeme-0123456789-abcdefghijklmnop' }), /SECRET.*placeholder/],
    [
      'a list of secrets with a bad one',
      () => ({ SECRET: `q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT,${'a'.repeat(40)}` }),
      /SECRET.*few different/,
    ],
    ['an empty file of the secret', () => ({ DATA_DIR: join(file('secret', ''), '..') }), /secret is empty/],
    ['DEMO=yes', () => ({ DEMO: 'yes' }), /DEMO/],
  ];

  test.each(settings)('%s', async (_, make, says) => {
    const relay = runRelay({ PORT: String(await freePort()), DATA_DIR: join(tempDir(), 'data'), ...(await make()) });
    expect(await relay.ended(), relay.said.stdout + relay.said.stderr).toBeGreaterThan(0);
    const lines = relay.said.stderr.trimEnd().split('\n');
    expect(lines, relay.said.stderr).toHaveLength(1);
    expect(lines[0]).toMatch(/^Frontdesk cannot start: .+\.$/);
    expect(lines[0]).toMatch(says);
    expect(lines[0]).not.toMatch(/\bat \S+:\d+:\d+|hush|Xq7Jx2|q7Jx2m/);
    expect(relay.said.stdout).toBe('');
  });
});

test('a first start shows where everything is and the password, once; a stop says goodbye', async () => {
  const dataDir = join(tempDir(), 'not/there/yet');
  const port = await freePort();
  const env = { PORT: String(port), DATA_DIR: dataDir };
  const first = runRelay(env);
  await first.ready(port);
  await until(() => /Password/.test(first.said.stdout), 'the sign-in');
  const base = `http://localhost:${port}`;
  expect(first.said.stdout).toContain(`${base}/demo/`);
  expect(first.said.stdout).toContain(`${base}/console/`);
  expect(first.said.stdout).toContain(`<script async src="${base}/widget.js" data-site="demo"></script>`);
  const email = /Sign in as\s+(\S+)/.exec(first.said.stdout)?.[1] ?? '';
  const password = /Password\s+(\S+)/.exec(first.said.stdout)?.[1] ?? '';
  expect(email).toBe('owner@localhost');
  expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  expect(first.said.stderr).toBe('');

  const target = { url: base, site: { key: 'demo' } };
  const me = await fetch(`${base}/api/v1/me`, { headers: { cookie: await signIn(target, { email, password }) } });
  expect(await me.json()).toMatchObject({ owes: 'choose-password' });
  for (const path of ['/demo/', '/console/', '/widget.js']) {
    const answer = await fetch(base + path);
    expect(answer.status, path).toBe(200);
    // In seconds: longer than the proxies of docs/hosting.md keep their lines.
    expect(Number(/timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(120);
  }
  const { token } = await askSession(target);
  const socket = await rawSocket(`${base}/api/visitor/socket?site=demo`);
  socket.send(visitorHello(token ?? '', { site: 'demo' }));
  await socket.heard('welcome');
  first.stop();
  expect(await socket.heard('goodbye')).toMatchObject({ retryAfterMs: expect.any(Number) });
  expect(await socket.closed()).toBe(4007);
  expect(await first.ended()).toBe(0);

  const second = runRelay(env);
  await second.ready(port);
  await until(() => /Script tag/.test(second.said.stdout), 'the addresses');
  expect(second.said.stdout).not.toContain(password);
  expect(second.said.stdout).not.toMatch(/Sign in as|^\s*Password\s/m);
  await signIn(target, { email, password });
  second.stop();
  expect(await second.ended()).toBe(0);
  expect(second.said.stderr).toBe('');
});

test('a given password is not printed', async () => {
  const port = await freePort();
  const given = { OWNER_EMAIL: 'Olga@shop.example', OWNER_PASSWORD: 'correct horse battery' };
  const relay = runRelay({ PORT: String(port), DATA_DIR: tempDir(), ...given });
  await relay.ready(port);
  await until(() => relay.said.stdout.includes('Sign in as  Olga@shop.example'), 'the sign-in');
  const target = { url: `http://localhost:${port}`, site: { key: 'demo' } };
  const cookie = await signIn(target, { email: given.OWNER_EMAIL, password: given.OWNER_PASSWORD });
  // Whoever wrote the setting has chosen it.
  const me = await fetch(`${target.url}/api/v1/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ owes: null });
  relay.stop();
  expect(await relay.ended()).toBe(0);
  expect(relay.said.stdout + relay.said.stderr).not.toContain(given.OWNER_PASSWORD);
});

test('what was compiled is kept for the next start, also over a kill, and that of older versions is not', async () => {
  const dataDir = tempDir();
  const compiled = join(dataDir, 'compiled');
  mkdirSync(join(compiled, 'older'), { recursive: true });
  writeFileSync(join(compiled, 'older', 'code'), 'of another version');
  const port = await freePort();
  const env = { PORT: String(port), DATA_DIR: dataDir };
  const first = runRelay(env);
  await first.ready(port);
  const files = () => readdirSync(compiled, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  await until(() => !existsSync(join(compiled, 'older')), 'what is old to go');
  expect(files().length).toBeGreaterThan(5);
  first.signal('SIGKILL');
  await first.ended();
  const second = runRelay(env);
  await second.ready(port);
  second.stop();
  expect(await second.ended()).toBe(0);
  expect(second.said.stderr).toBe('');
});
