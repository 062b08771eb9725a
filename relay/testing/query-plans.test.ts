import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { signIn } from './clients.ts';
import { Device, type SiteKey, tokenFor } from './device.ts';
import { operatorHello, rawSocket, visitorHello } from './raw-socket.ts';
import { startTestRelay, type TestRelay } from './relay.ts';

/** As small as a team and its settings; of all the rest a site has more every day. */
const SMALL = /^(frontdesk_\w+|sites|operators|members)$/;

let relay: TestRelay;
/** Each statement of the relay, with how SQLite would go about it. */
const plans = new Map<string, string[]>();

/** A day of support in small: page loads, chats, files, a sign-in on a second device, every list of the console, a restart. */
async function liveADay(): Promise<void> {
  const cookie = await signIn(relay, relay.owner);
  const json = { cookie, 'content-type': 'application/json' };
  const api = `${relay.url}/api/v1/sites/shop`;
  const key = (await (
    await fetch(`${api}/identity-keys`, { method: 'POST', headers: json, body: '{"kind":"secret"}' })
  ).json()) as SiteKey;
  const [phone, laptop] = [new Device(relay), new Device(relay)];
  for (const device of [phone, laptop]) {
    await device.load();
    await fetch(`${relay.url}/api/visitor/uploads?site=shop&name=a.txt`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${device.token}` }, body: 'a' },
    });
    await device.send([device.message('Where is my order?')]);
    await device.identify(tokenFor(key, 'ada', { name: 'Ada' }));
    await device.load();
  }
  const visitor = await rawSocket(`${relay.url}/api/visitor/socket?site=shop`);
  visitor.send(visitorHello(laptop.token));
  await visitor.heard('welcome');
  visitor.send({ type: 'queue', conversation: laptop.chat });
  await visitor.heard('queue');
  const operator = await rawSocket(`${relay.url}/api/v1/socket`, { cookie });
  operator.send(operatorHello());
  await operator.heard('welcome');
  const commands = [
    { type: 'conversation:take', conversation: laptop.chat },
    { type: 'message:send', conversation: laptop.chat, text: 'On its way.' },
    { type: 'conversation:close', conversation: phone.chat },
  ];
  for (const [at, command] of commands.entries()) {
    operator.send({ ...command, id: uuidv7(), n: at + 1 });
    await operator.heard('ack', ({ n }) => n === at + 1);
  }
  for (const view of ['unassigned', 'mine', 'all', 'closed']) {
    const cursor = Buffer.from(JSON.stringify([new Date().toISOString(), uuidv7()])).toString('base64url');
    for (const more of ['', `&cursor=${cursor}`]) {
      const page = await fetch(`${api}/conversations?view=${view}${more}`, { headers: { cookie } });
      expect(page.status).toBe(200);
    }
  }
  const detail = (await (await fetch(`${api}/conversations/${laptop.chat}`, { headers: { cookie } })).json()) as {
    visitor: { id: string };
  };
  await fetch(`${api}/conversations/${laptop.chat}/events?after=0`, { headers: { cookie } });
  await fetch(`${api}/visitors/${detail.visitor.id}`, { headers: { cookie } });
  await relay.stop();
  relay = await startTestRelay({ dataDir: relay.dataDir });
}

beforeAll(async () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  relay = await startTestRelay();
  await liveADay();
  const statements = new Set(prepare.mock.calls.map(([sql]) => sql));
  prepare.mockRestore();
  const file = new Database(join(relay.dataDir, 'frontdesk.db'), { readonly: true });
  for (const sql of statements) {
    if (!/^(select|update|delete)/i.test(sql)) continue;
    const given = Array<string>(sql.split('?').length - 1).fill('');
    const steps = file.prepare(`explain query plan ${sql}`).all(...given) as { detail: string }[];
    plans.set(
      sql,
      steps.map(({ detail }) => detail),
    );
  }
  file.close();
}, 60_000);
afterAll(() => relay.stop());

test('no statement walks through a table that grows', () => {
  const isWalk = (step: string) => !SMALL.test(/^SCAN ([a-z_]+)/.exec(step)?.[1] ?? 'sites');
  const walks = [...plans].filter(([, steps]) => steps.some(isWalk));
  expect(walks).toEqual([]);
  expect(plans.size).toBeGreaterThan(50);
});

test.each([
  ['unassigned', '"assignee_id" is null', 'conversations_list (site_id=? AND status=? AND assignee_id=?'],
  ['mine', '"assignee_id" = ?', 'conversations_list (site_id=? AND status=? AND assignee_id=?'],
  ['all and closed', undefined, 'conversations_latest (site_id=? AND status=?'],
])('a page of %s is read in the order of its index: no row beside it, and none before it', (_, assignee, index) => {
  const pages = [...plans].flatMap(([sql, steps]) => {
    const [columns = '', where = ''] = sql.split(' where ');
    const isPage = columns.includes('left join "visitors"') && !where.includes('"id" in (');
    const fits = assignee ? where.includes(assignee) : !/assignee_id|visitor_id/.test(where);
    return isPage && fits ? [{ where, steps }] : [];
  });
  expect(pages).toHaveLength(2);
  for (const { where, steps } of pages) {
    const follows = where.includes('"id" < ?');
    expect(steps[0]).toContain(`${index}${follows ? ' AND last_event_at<?)' : ')'}`);
    expect(steps.join()).not.toContain('TEMP B-TREE');
  }
});

test('rows of lists are read by their ids alone: beside some ten of them SQLite would take the site’s index', () => {
  const byIds = [...plans].filter(([sql]) => sql.includes('left join "visitors"') && sql.includes('."id" in ('));
  expect(byIds.length).toBeGreaterThan(0);
  for (const [sql, [first]] of byIds) {
    expect(first).toContain('sqlite_autoindex_conversations_1 (id=?)');
    expect(sql.split(' where ')[1]).not.toContain('site_id');
  }
});
