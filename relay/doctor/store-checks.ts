import type { Config } from '../config.ts';
import { migrationsOf, openStore, type RawLine, StoreOpenError, snapshotStore } from '../store/index.ts';
import { type Finding, findings } from './finding.ts';

/** Beyond this, times of several relays and the database's own no longer fit together. */
const SKEW_MS = { warning: 2_000, error: 60_000 };

const RESTORE_IT = 'Keep a copy of the data as it is, and restore the latest backup.';

const value = async (line: RawLine, sql: string): Promise<unknown> => (await line.ask(sql))[0]?.[0];
const count = async (line: RawLine, sql: string): Promise<number> => Number(await value(line, sql));

/** Everything that is looked at inside the store, at one moment. Changes nothing. */
export async function checkStore(config: Config): Promise<Finding[]> {
  const { error } = findings('store');
  try {
    let current = false;
    const found = await snapshotStore(config, async (line) => {
      const schema = await checkMigrations(line);
      current = schema.level === 'ok';
      const inside = [...(await checkEngine(line)), schema];
      // An older schema has other tables; what it holds is looked at when it is up to date.
      return current ? [...inside, ...(await checkNumbers(line)), ...(await checkSites(line))] : inside;
    });
    return current ? [...found, await checkDurability(config)] : found;
  } catch (cause) {
    const says =
      cause instanceof StoreOpenError ? cause.says : `The store cannot be read (${(cause as Error).message}).`;
    return [error(says, 'Start the relay once to make a store, or do what the sentence says.')];
  }
}

async function checkMigrations(line: RawLine): Promise<Finding> {
  const { ok, warning, error } = findings('schema');
  const applied = (await line.ask('select name from frontdesk_migrations')).map(([name]) => String(name));
  const known = migrationsOf(line.dialect).map(({ name }) => name);
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length > 0)
    return error(
      `It was written by a newer Frontdesk (${newer.join(', ')}).`,
      'Start that version, or restore a backup.',
    );
  const missing = known.filter((name) => !applied.includes(name));
  if (missing.length > 0)
    return warning(
      `${missing.length} steps behind this version.`,
      'Make a backup; the next start, or «frontdesk migrate», brings it up to date.',
    );
  return ok(`Up to date (${known.at(-1)}).`);
}

/** What only one engine has: damage of the file; settings and the clock of the server. */
async function checkEngine(line: RawLine): Promise<Finding[]> {
  const { ok, warning, error } = findings('store');
  if (line.dialect === 'sqlite') {
    const faults = (await line.ask('pragma quick_check(5)')).map(([says]) => String(says));
    if (faults.join() === 'ok') return [ok('The SQLite file is whole.')];
    return [error(`The SQLite file is damaged: ${faults[0]}.`, RESTORE_IT)];
  }
  const found = [ok(`Postgres ${await value(line, 'show server_version')} answers.`)];
  for (const setting of ['fsync', 'full_page_writes'])
    if ((await value(line, `show ${setting}`)) !== 'on')
      found.push(
        error(
          `The server has ${setting}=off: a power cut loses what was acknowledged.`,
          `Set ${setting}=on in postgresql.conf.`,
        ),
      );
  const before = Date.now();
  const theirs = await count(line, 'select round(extract(epoch from clock_timestamp()) * 1000)::bigint');
  const skew = Math.round(Math.abs(theirs - (before + Date.now()) / 2));
  const says = `Its clock and this machine's are ${skew} ms apart.`;
  const todo = 'Let both keep time by NTP.';
  found.push(skew > SKEW_MS.error ? error(says, todo) : skew > SKEW_MS.warning ? warning(says, todo) : ok(says));
  return found;
}

/** Whether the logs are without gaps and agree with what the conversations say of them. */
async function checkNumbers(line: RawLine): Promise<Finding[]> {
  const { ok, error, warning } = findings('numbers');
  const [[broken, first] = []] = await line.ask(`
    select count(*), min(c.id) from conversations c left join (
      select conversation_id, count(*) as events, min(seq) as lowest, max(seq) as highest,
        count(visitor_seq) as seen, min(visitor_seq) as seen_lowest, max(visitor_seq) as seen_highest
      from events group by conversation_id
    ) e on e.conversation_id = c.id
    where coalesce(e.events, 0) <> c.staff_seq or coalesce(e.highest, 0) <> c.staff_seq or coalesce(e.lowest, 1) <> 1
      or coalesce(e.seen, 0) <> c.visitor_seq or coalesce(e.seen_highest, 0) <> c.visitor_seq
      or coalesce(e.seen_lowest, 1) <> 1`);
  const lost = await count(
    line,
    'select count(*) from events e where not exists (select 1 from conversations c where c.id = e.conversation_id)',
  );
  const silent = await count(
    line,
    `select count(*) from outboxes o where o.next > 1
      and not exists (select 1 from events e where e.site_id = o.site_id and e.sender_id = o.sender_id)
      and not exists (select 1 from commands c where c.site_id = o.site_id and c.sender_id = o.sender_id)`,
  );
  const found: Finding[] = [];
  if (Number(broken) > 0)
    found.push(error(`${broken} conversations have gaps or lost events, the first is ${first}.`, RESTORE_IT));
  if (lost > 0) found.push(error(`${lost} events belong to no conversation.`, RESTORE_IT));
  if (silent > 0)
    found.push(
      warning(
        `${silent} outboxes have counted commands of which nothing is there.`,
        'That is so where data was erased by hand; else restore a backup.',
      ),
    );
  if (found.length > 0) return found;
  const [[conversations, events] = []] = await line.ask(
    'select (select count(*) from conversations), (select count(*) from events)',
  );
  return [ok(`${conversations} conversations with ${events} events, without a gap.`)];
}

async function checkSites(line: RawLine): Promise<Finding[]> {
  const { ok, warning, error } = findings('sites');
  const sites = await line.ask(`
    select s.key, s.origins, (
      select count(*) from members m join operators o on o.id = m.operator_id
      where m.site_id = s.id and m.role = 'owner' and o.deleted_at is null
    ) from sites s order by s.key`);
  if (sites.length === 0)
    return [warning('There is no site yet.', 'npx frontdesk site create --origin https://shop.example')];
  return sites.map(([key, given, owners]) => {
    const origins = (typeof given === 'string' ? JSON.parse(given) : given) as string[];
    if (Number(owners) === 0)
      return error(
        `${key} has no owner, so that nobody can change it.`,
        `npx frontdesk operator create EMAIL --owner --site ${key}`,
      );
    if (origins.length === 0 && key !== 'demo')
      return warning(`${key} allows no page yet.`, 'Add the origin of its pages in the console, under Settings.');
    return ok(`${key} has an owner and ${origins.length} allowed origins.`);
  });
}

async function checkDurability(config: Config): Promise<Finding> {
  const { ok, error } = findings('durability');
  const store = await openStore(config);
  try {
    const durability = await store.durability();
    if (/=(FULL|on)$/.test(durability)) return ok(`${durability}: what is acknowledged is on the disk.`);
    return error(
      `${durability}: a power cut loses what was acknowledged.`,
      'Report this; the relay sets it by itself.',
    );
  } finally {
    await store.close();
  }
}
