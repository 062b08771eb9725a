import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SQLITE_FILE } from '../store/sqlite.ts';
import { seeded } from '../testing/seeded.ts';
import { CRASH_POINTS, type CrashPoint } from './crash-points.ts';
import { fileOutbox } from './file-outbox.ts';
import { type DatabaseAt, type History, readHeads, readHistory } from './history.ts';
import { openJournal } from './journal.ts';
import { type LabClient, labOperator, labVisitor } from './lab-client.ts';
import { createLabProcess } from './lab-process.ts';
import { operatorLife, visitorLife } from './lives.ts';
import { LINE_FAULTS, type LineFault, startProxy } from './proxy.ts';

/** What is to happen in one run. The same seed makes the same decisions; how processes interleave is the machine's. */
export interface Plan {
  seed: number;
  /** Acknowledged commands until the run may end. */
  messages: number;
  visitors: number;
  operators: number;
  /** SIGKILLs of the relay; `points`: all of them at the crash points in turn, `mixed`: every second one. */
  kills: number;
  killed: 'points' | 'mixed';
  /** Damages of lines, of these kinds in turn. */
  lineFaults: number;
  kinds: readonly LineFault[];
  /** So long everybody has at the end to come to rest. */
  settleMs: number;
  /** Told now and then of how many are acknowledged. */
  onProgress?(acknowledged: number): void;
}

export interface RunFacts {
  acknowledged: number;
  kills: Record<CrashPoint | 'anywhere', number>;
  lineFaults: Readonly<Record<LineFault, number>>;
  pagesOpened: number;
  /** Commands sent once more at the end, a day later by the relay's clock, that got a verdict. */
  repeated: number;
  durability: string[];
  /** Median and longest start of the relay, in milliseconds. */
  startMs: { median: number; longest: number };
  settled: boolean;
  settledAfterMs: number;
  seconds: number;
}

/** The last part of a run has no kills: what a damaged line lost then has to come back without a new welcome. */
const KILLING = 0.8;
const STUCK_MS = 12_000;
const DAY_MS = 25 * 3_600_000;
const SITE = 'lab';
const PASSWORD = 'correct horse battery';
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * One run: a relay process, clients behind a damaging proxy, kills; gives what everybody wrote down and what the
 * database holds. `dir` is empty and belongs to the run.
 */
export async function runLaboratory(
  bundle: string,
  plan: Plan,
  dir: string,
  databaseUrl?: string,
): Promise<{ history: History; facts: RunFacts }> {
  const began = performance.now();
  const random = seeded(plan.seed);
  const journals = join(dir, 'journals');
  for (const folder of ['journals', 'outboxes', 'data']) mkdirSync(join(dir, folder), { recursive: true });
  const people = Array.from({ length: plan.operators }, (_, i) => ({ email: `o${i}@lab.example`, password: PASSWORD }));
  const dataDir = join(dir, 'data');
  const settings = { dataDir, databaseUrl, site: SITE, operators: people };
  const relay = createLabProcess(bundle, settings);
  const another = createLabProcess(bundle, { ...settings, clockAheadMs: DAY_MS });
  let atAnother = false;
  const database: DatabaseAt = databaseUrl ? { url: databaseUrl } : { file: join(dataDir, SQLITE_FILE) };
  await relay.start();
  const proxy = await startProxy(() => (atAnother ? another.port : relay.port), random);

  const acked = new Set<string>();
  const journal = (name: string) => {
    const file = openJournal(join(journals, `${name}.jsonl`));
    return {
      ...file,
      write(line: Parameters<typeof file.write>[0]) {
        if (line.k === 'ack') acked.add(line.id);
        if (line.k === 'page') facts.pagesOpened++;
        file.write(line);
      },
    };
  };
  const facts = { pagesOpened: 0 };
  const targetOf = (third: number, fourth: number) => ({
    url: `http://127.0.${third}.${fourth}:${proxy.port}`,
    site: SITE,
  });
  const outbox = (name: string) => fileOutbox<never>(join(dir, 'outboxes', name));
  const two = (i: number) => String(i).padStart(2, '0');

  let over = false;
  const givenUp = () => over;
  const visitors = Array.from({ length: plan.visitors }, (_, i) => {
    const name = `visitor-${two(i)}`;
    const streams = i % 5 === 4;
    return labVisitor({ name, journal: journal(name), store: outbox(name), target: targetOf(1, i + 1), streams });
  });
  await Promise.all(visitors.map((visitor) => visitor.open(givenUp)));
  const chats = visitors.map(({ conversations }) => conversations[0] ?? '');
  // Two operators show each conversation.
  const operators = people.map((credentials, i) => {
    const name = `operator-${two(i)}`;
    const conversations = chats.filter((_, chat) => chat % people.length === i || (chat + 1) % people.length === i);
    return labOperator({
      ...{ name, credentials, conversations, target: targetOf(2, i + 1) },
      ...{ journal: journal(name), store: outbox(name) },
    });
  });
  await Promise.all(operators.map((operator) => operator.open(givenUp)));
  const clients: LabClient[] = [...visitors, ...operators];

  let writing = true;
  const lives = [
    ...visitors.map((visitor) => visitorLife(visitor, seeded(random() * 2 ** 32), () => writing)),
    ...operators.map((operator) => operatorLife(operator, seeded(random() * 2 ** 32), () => writing)),
  ];

  /* Faults are spread over the messages, not over the clock: the same share of them happens on any machine. */
  let stuck = false;
  const due = (which: number, of: number) => stuck || acked.size >= (plan.messages * which) / of;
  const kills = Object.fromEntries([...CRASH_POINTS, 'anywhere'].map((name) => [name, 0])) as RunFacts['kills'];
  const damage = async () => {
    const happened = () => LINE_FAULTS.reduce((sum, fault) => sum + proxy.counts[fault], 0);
    while (happened() < plan.lineFaults && !stuck) {
      const drawn = happened() + proxy.due;
      if (drawn < plan.lineFaults && due(drawn, plan.lineFaults))
        proxy.inject(plan.kinds[drawn % plan.kinds.length] as LineFault);
      await sleep(5);
    }
  };
  const killing = async () => {
    for (let kill = 0; kill < plan.kills; kill++) {
      while (!due(kill, plan.kills / KILLING)) await sleep(5);
      const turn = plan.killed === 'points' ? kill : kill / 2;
      const point = CRASH_POINTS[turn % CRASH_POINTS.length];
      const atThePoint = point ? await relay.killAt(point, 1 + Math.floor(random() * 4), 1_500) : false;
      if (!point) await sleep(random() * 60).then(relay.kill);
      kills[point && atThePoint ? point : 'anywhere']++;
      await sleep(random() * 100);
      await relay.start();
      // Some pages become visible just now; the others come back by their own clock.
      for (const client of clients) if (random() < 0.6) client.wake();
    }
  };
  const enough = async () => {
    while (!due(1, 1)) await sleep(10);
  };
  /* Under a relay that takes nothing any more a run goes to its end all the same, and the checker says what is left. */
  let before = 0;
  let since = performance.now();
  const watch = setInterval(() => {
    if (acked.size > before) since = performance.now();
    before = acked.size;
    stuck ||= performance.now() - since > STUCK_MS;
    plan.onProgress?.(acked.size);
  }, 500);
  await Promise.all([damage(), killing(), enough()]);
  clearInterval(watch);
  writing = false;
  proxy.calm();
  await Promise.all(lives);

  const settling = performance.now();
  let settled = false;
  while (!settled && performance.now() - settling < plan.settleMs) {
    await sleep(200);
    if (clients.some(({ pending }) => pending > 0)) continue;
    const heads = new Map((await readHeads(database)).map((head) => [head.id, head]));
    settled = [
      ...visitors.map((client) => client.conversations.every((c) => client.top(c) === (heads.get(c)?.visitorSeq ?? 0))),
      ...operators.map((client) => client.conversations.every((c) => client.top(c) === (heads.get(c)?.staffSeq ?? 0))),
    ].every(Boolean);
  }
  over = true;
  const settledAfterMs = Math.round(performance.now() - settling);
  for (const client of clients) client.rest();
  // The same commands once more, to a process that knows nothing of them, a day later by its clock; where the database
  // allows it, to another relay beside the first one.
  if (!databaseUrl) await relay.kill();
  await another.start();
  atAnother = true;
  const repeats = await Promise.all(visitors.map((visitor) => visitor.repeat().catch(() => 0)));
  for (const client of clients) client.finish();
  await relay.kill();
  await another.kill();
  await proxy.stop();

  const starts = [...relay.startMs].sort((a, b) => a - b);
  const history = await readHistory(journals, database, relay.durability);
  return {
    history,
    facts: {
      ...{ kills, settled, settledAfterMs, pagesOpened: facts.pagesOpened },
      repeated: repeats.reduce((sum, some) => sum + some, 0),
      acknowledged: acked.size,
      lineFaults: proxy.counts,
      durability: [...new Set(relay.durability)],
      startMs: { median: Math.round(starts[starts.length >> 1] ?? 0), longest: Math.round(starts.at(-1) ?? 0) },
      seconds: Math.round((performance.now() - began) / 1000),
    },
  };
}
