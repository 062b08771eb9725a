import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import { openStore, type Persistence } from '../store/index.ts';
import { freePort } from '../testing/browser/relay-process.ts';
import { buildForTests } from '../testing/built.ts';
import { openVisitor, until } from '../testing/clients.ts';
import { freshDatabase, stopSharedPostgres } from '../testing/postgres.ts';
import { startTestRelay, type TestRelay } from '../testing/relay.ts';
import { runCommand } from '../testing/shipped-relay.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { examine, findingLines } from './doctor.ts';
import type { Finding } from './finding.ts';
import { checkBuilt, checkDescriptors, checkFolder, checkLocations, checkSecret, checkSettings } from './machine.ts';
import { checkReach } from './reach.ts';
import { checkStore } from './store-checks.ts';

beforeAll(buildForTests, 120_000);
afterAll(stopSharedPostgres);

const config = (env: Record<string, string> = {}): Config => readConfig({ DATA_DIR: tempDir(), ...env });
const worst = (found: Finding | Finding[], check?: string) => {
  const levels = [found].flat().filter((one) => check === undefined || one.check === check);
  return (['error', 'warning', 'ok'] as const).find((level) => levels.some((one) => one.level === level));
};
const said = (found: Finding | Finding[]) =>
  [found]
    .flat()
    .map(({ check, level, says }) => `${level} ${check}: ${says}`)
    .join('\n');

describe('the machine', () => {
  test('a folder that can be written', () => expect(worst(checkFolder(config()))).toBe('ok'));
  test('a folder that cannot', () => {
    expect(said(checkFolder(config({ DATA_DIR: '/proc' })))).toMatch(/^error data folder: \/proc cannot be written/);
  });
  test('a folder that is not there yet', () => {
    expect(said(checkFolder(config({ DATA_DIR: join(tempDir(), 'none') })))).toMatch(/^warning .*is not there/);
  });
  test.runIf(process.platform !== 'win32')('a folder and a secret that everybody can read', () => {
    const settings = config();
    chmodSync(settings.dataDir, 0o755);
    expect(said(checkFolder(settings))).toMatch(/warning data folder: .*every user/);
    writeFileSync(join(settings.dataDir, 'secret'), 'q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT\n', { mode: 0o644 });
    expect(said(checkSecret(settings))).toMatch(/^warning secret: .*can be read by others/);
    chmodSync(join(settings.dataDir, 'secret'), 0o600);
    expect(worst(checkSecret(settings))).toBe('ok');
    writeFileSync(join(settings.dataDir, 'secret'), 'changeme\n');
    expect(said(checkSecret(settings))).toMatch(/^error secret: .*too short/);
    expect(said(checkSecret(settings))).not.toContain('changeme');
  });
  test('a secret that is set, and none', () => {
    expect(worst(checkSecret(config({ SECRET: 'q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT' })))).toBe('ok');
    expect(worst(checkSecret(config()))).toBe('warning');
  });
  test('parts that were not built', () => {
    const dist = tempDir();
    mkdirSync(join(dist, 'widget'));
    writeFileSync(join(dist, 'widget/widget.js'), '');
    expect(said(checkBuilt(dist))).toMatch(/^error built parts: Missing in .*: console\/index\.html\.$/);
  });
  test('few file descriptors', () => {
    const limits = join(tempDir(), 'limits');
    writeFileSync(
      limits,
      'Limit  Soft Limit  Hard Limit  Units\nMax open files            1024                 4096                 files\n',
    );
    expect(said(checkDescriptors(limits))).toMatch(/^warning .*1024/);
    writeFileSync(limits, 'Max open files            unlimited            unlimited            files\n');
    expect(worst(checkDescriptors(limits))).toBe('ok');
    expect(worst(checkDescriptors(join(tempDir(), 'none')))).toBe('ok');
  });
  test('a file of locations that is none', async () => {
    expect(worst(await checkLocations(config({ GEOIP_DB: '/nowhere/city.mmdb' })))).toBe('error');
    expect(worst(await checkLocations(config()))).toBe('ok');
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['open to the network without an address', { HOST: '0.0.0.0' }, /PUBLIC_URL is not set/],
    ['without TLS', { PUBLIC_URL: 'http://support.example', DEMO: '0' }, /not https/],
    ['TLS without a trusted proxy', { PUBLIC_URL: 'https://support.example', DEMO: '0' }, /TRUST_PROXY is not set/],
    ['a public demo', { PUBLIC_URL: 'https://support.example', TRUST_PROXY: '127.0.0.1' }, /demo shop/],
  ])('settings: %s', (_, env, says) => {
    expect(said(checkSettings(config(env)))).toMatch(says);
    expect(checkSettings(config(env))).toHaveLength(1);
  });
  test('settings that go together', () => {
    const env = { PUBLIC_URL: 'https://support.example', TRUST_PROXY: '127.0.0.1', DEMO: '0' };
    expect(worst(checkSettings(config(env)))).toBe('ok');
    expect(worst(checkSettings(config()))).toBe('ok');
  });
});

/** A relay that has stopped, with a site, an owner and a conversation of three messages. */
async function written(engine: 'SQLite' | 'Postgres'): Promise<{ settings: Config; store: Persistence }> {
  let databaseUrl: string | undefined;
  if (engine === 'Postgres') {
    const { url, drop } = await freshDatabase();
    onTestFinished(drop);
    databaseUrl = url;
  }
  const dataDir = tempDir();
  const relay = await startTestRelay({ dataDir, databaseUrl, origins: ['https://shop.example'] });
  const { session, chat } = await openVisitor(relay);
  let acks = 0;
  session.on('verdict', () => {
    acks += 1;
  });
  for (const text of ['one', 'two', 'three']) await session.command({ type: 'message:send', conversation: chat, text });
  await until(() => acks === 3, 'three verdicts');
  session.destroy();
  await relay.stop();
  const store = await openStore({ dataDir, databaseUrl });
  onTestFinished(() => store.close());
  return { settings: config({ DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }) }), store };
}

describe.each(['SQLite', 'Postgres'] as const)('the store on %s', (engine) => {
  test('is well', async () => {
    const { settings } = await written(engine);
    const found = await checkStore(settings);
    // The server of the tests runs without fsync, which is to be seen here and nowhere else.
    const others = found.filter(({ says }) => !says.includes('fsync=off'));
    expect(worst(others), said(found)).toBe('ok');
    expect(found.length - others.length).toBe(engine === 'Postgres' ? 1 : 0);
    expect(said(found)).toContain('ok numbers: 1 conversations with 3 events, without a gap.');
    expect(said(found)).toMatch(/ok durability: synchronous(=FULL|_commit=on)/);
    if (engine === 'Postgres') expect(said(found)).toMatch(/ok store: Its clock and this machine's are \d+ ms apart/);
  });

  const damages: [string, (store: Persistence) => Promise<unknown>, RegExp][] = [
    [
      'a message is gone from the middle',
      ({ tx, t }) => tx((db) => db.delete(t.events).where(eq(t.events.seq, 2))),
      /error numbers: 1 conversations have gaps or lost events/,
    ],
    [
      'the last message is gone',
      ({ tx, t }) => tx((db) => db.delete(t.events).where(eq(t.events.seq, 3))),
      /error numbers: 1 conversations/,
    ],
    ['all messages are gone', ({ tx, t }) => tx((db) => db.delete(t.events)), /error numbers: 1 conversations/],
    [
      'a visitor’s number is gone',
      ({ tx, t }) => tx((db) => db.update(t.events).set({ visitorSeq: null }).where(eq(t.events.seq, 2))),
      /error numbers: 1 conversations/,
    ],
    [
      'a conversation is gone',
      ({ tx, t }) => tx((db) => db.delete(t.conversations)),
      /error numbers: 3 events belong to no conversation/,
    ],
    [
      'the owner is gone',
      ({ tx, t }) => tx((db) => db.update(t.operators).set({ deletedAt: new Date() })),
      /error sites: shop has no owner/,
    ],
    [
      'no page is allowed',
      ({ tx, t }) => tx((db) => db.update(t.sites).set({ origins: [] })),
      /warning sites: shop allows no page/,
    ],
    ['there is no site', ({ tx, t }) => tx((db) => db.delete(t.sites)), /warning sites: There is no site/],
  ];
  test.each(damages)('%s', async (_, damage, says) => {
    const { settings, store } = await written(engine);
    await damage(store);
    expect(said(await checkStore(settings))).toMatch(says);
  });
});

test('a damaged file, none, and one of another version', async () => {
  const none = config();
  expect(said(await checkStore(none))).toMatch(/^error store: There is no .*frontdesk\.db/);
  const damaged = config();
  writeFileSync(join(damaged.dataDir, 'frontdesk.db'), 'x'.repeat(9_000));
  expect(said(await checkStore(damaged))).toMatch(/^error store: .*is damaged/);
  const { default: Database } = await import('better-sqlite3');
  const change = async (sql: string) => {
    const { settings, store } = await written('SQLite');
    await store.close();
    const db = new Database(join(settings.dataDir, 'frontdesk.db'));
    db.exec(sql);
    db.close();
    return said(await checkStore(settings));
  };
  expect(await change("insert into frontdesk_migrations values ('0999_later', '')")).toMatch(
    /error schema: .*newer.*0999_later/,
  );
  expect(await change("delete from frontdesk_migrations where name <> '0000_first'")).toMatch(
    /warning schema: \d+ steps? behind/,
  );
});

test('a page of the file that is damaged', async () => {
  const { settings, store } = await written('SQLite');
  await store.close();
  const file = join(settings.dataDir, 'frontdesk.db');
  const bytes = readFileSync(file);
  // The right-hand neighbours of the first page: index and table pages, whose cells then point anywhere.
  bytes.fill(0xff, 4096 * 3 + 8, 4096 * 5);
  writeFileSync(file, bytes);
  expect(said(await checkStore(settings))).toMatch(/error store: .*damaged/);
});

describe('the way to the relay', () => {
  let relay: TestRelay;
  let port: number;
  beforeAll(async () => {
    relay = await startTestRelay();
    port = Number(new URL(relay.url).port);
  });
  afterAll(() => relay.stop());

  /** A proxy in front of the relay; without `upgrades` it answers them like any other request. */
  const proxy = async (upgrades: boolean) => {
    const server = createServer((incoming, answer) => {
      const { connection: _, upgrade: __, ...headers } = incoming.headers;
      const onward = request({ port, path: incoming.url, method: incoming.method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      onward.on('error', () => answer.writeHead(502).end());
      incoming.pipe(onward);
    });
    if (upgrades)
      server.on('upgrade', (incoming, socket, head) => {
        const onward = request({ port, path: incoming.url, headers: incoming.headers });
        onward.on('upgrade', (reply, line) => {
          const lines = Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}`);
          socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
          line.pipe(socket).pipe(line);
          line.on('error', () => socket.destroy());
          socket.on('error', () => line.destroy());
        });
        onward.end(head);
      });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const reach = async (publicUrl: string) =>
    said(await checkReach(config({ PORT: String(port), PUBLIC_URL: publicUrl }), 'shop'));

  test('is open', async () => {
    expect(await reach(await proxy(true))).toMatch(
      /^ok relay.*\nok public address.*\nok public address: A WebSocket opens/,
    );
  });
  test('takes no WebSocket', async () => {
    expect(await reach(await proxy(false))).toMatch(/error public address: No WebSocket opens/);
  });
  test('leads nowhere', async () => {
    expect(await reach(`http://127.0.0.1:${await freePort()}`)).toMatch(/error public address: .*ECONNREFUSED/);
  });
  test('has no relay at its end', async () => {
    expect(said(await checkReach(config({ PORT: String(await freePort()) }), 'shop'))).toMatch(
      /^warning relay: No relay/,
    );
  });
});

describe('the command', () => {
  test('ends with 1 when something is wrong, and says what to do', async () => {
    const { settings, store } = await written('SQLite');
    const env = { DATA_DIR: settings.dataDir, PORT: String(await freePort()) };
    const well = runCommand(['doctor'], env);
    expect(await well.ended(), well.said.stdout).toBe(0);
    expect(well.said.stdout).toMatch(/^ok {7}node .*\n[\s\S]*\n\d+ ok, \d+ warnings, 0 errors\n$/);
    await store.tx((db) => db.delete(store.t.events).where(eq(store.t.events.seq, 2)));
    const ill = runCommand(['doctor', '--json'], env);
    expect(await ill.ended()).toBe(1);
    const found = JSON.parse(ill.said.stdout) as Finding[];
    expect(found.filter(({ level }) => level === 'error')).toMatchObject(
      [{ check: 'numbers', says: /gaps/, todo: /restore/ }].map((one) => ({
        check: one.check,
        says: expect.stringMatching(one.says),
        todo: expect.stringMatching(one.todo),
      })),
    );
    for (const { level, todo } of found) expect(todo !== undefined).toBe(level !== 'ok');
  });

  test('names a setting that cannot be', async () => {
    const bad = runCommand(['doctor'], { PORT: 'abc', DATA_DIR: tempDir() });
    expect(await bad.ended()).toBe(1);
    expect(bad.said.stderr).toMatch(/^The setting PORT .*\n$/);
  });

  test('changes nothing', async () => {
    const { settings, store } = await written('SQLite');
    await store.close();
    const file = join(settings.dataDir, 'frontdesk.db');
    const before = readFileSync(file);
    await examine(settings);
    expect(readFileSync(file)).toEqual(before);
    expect(findingLines([]).at(-1)).toBe('0 ok, 0 warnings, 0 errors');
  });
});
