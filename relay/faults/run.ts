/**
 * `npm run faults [-- --short] [--seed N] [--engine sqlite|postgres]`: the fault laboratory. Prints what it finds, writes
 * JSON to bench-results/, and ends with one line that says it all. `--only engines,scenarios,broken` runs parts of it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale } from '../build.ts';
import { BROKEN_RELAYS, HARSH_BUT_SOUND } from './broken-relays.ts';
import { RULES, type Rule } from './checker.ts';
import { diskFull } from './disk-full.ts';
import { ENGINES, type Engine, withDatabase } from './engines.ts';
import { herd } from './herd.ts';
import { buildLabRelay } from './lab-build.ts';
import { LONG, SHORT, TRIAL } from './plans.ts';
import { recovery } from './recovery.ts';
import { slowConsumers } from './slow-consumers.ts';
import { tryBundle, tryRelay } from './trial.ts';
import { type Verdict, verdictLine, verdictOf } from './verdict.ts';

const { values: given } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    engine: { type: 'string' },
    only: { type: 'string' },
  },
});
const engines = ENGINES.filter((engine) => given.engine === undefined || engine === given.engine);
const seed = Number(given.seed ?? Date.now() % 1_000_000);
if (engines.length === 0 || !Number.isInteger(seed)) {
  process.stderr.write('The fault laboratory takes --engine sqlite or --engine postgres, and --seed with a number.\n');
  process.exit(2);
}
const runs = (part: string) => given.only === undefined || given.only.split(',').includes(part);
const say = (line: string) => process.stdout.write(`${line}\n`);

const began = performance.now();
const report: Record<string, unknown> = {
  at: new Date().toISOString(),
  ...{ seed, short: given.short, node: process.version },
  machine: { cpu: cpus()[0]?.model ?? '', cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30) },
};
const total: Verdict = { lost: 0, doubled: 0, outOfOrder: 0, other: 0 };
let acknowledged = 0;
let failed = false;

/** The long run, or the short one, on one engine. */
async function engineRun(engine: Engine, bundle: string): Promise<void> {
  const plan = { ...(given.short ? SHORT : LONG), seed };
  say(`\n── ${engine}: ${plan.messages} messages, ${plan.kills} kills, ${plan.lineFaults} damaged lines, seed ${seed}`);
  await withDatabase(engine, async (databaseUrl) => {
    const { findings, facts, byRule, kept } = await tryBundle(bundle, plan, { databaseUrl, keep: true });
    const verdict = verdictOf(findings);
    for (const key of Object.keys(total) as (keyof Verdict)[]) total[key] += verdict[key];
    acknowledged += facts.acknowledged;
    for (const rule of Object.keys(byRule) as Rule[]) {
      say(`  ${rule}: ${byRule[rule]}, ${RULES[rule]}`);
      for (const { what } of findings.filter((finding) => finding.rule === rule).slice(0, 3)) say(`    ${what}`);
    }
    if (kept) say(`  Journals and database of this run: ${kept}`);
    say(`  kills ${JSON.stringify(facts.kills)}`);
    say(`  lines ${JSON.stringify(facts.lineFaults)}`);
    say(`  ${facts.durability.join()}; start ${facts.startMs.median} ms, at most ${facts.startMs.longest} ms`);
    say(`  ${verdictLine(verdict, facts.acknowledged)}, ${facts.seconds} s`);
    report[engine] = { ...facts, ...verdict, byRule };
  });
}

/** Every broken relay has to be found by its own rule, and the sound ones beside them by none. */
async function brokenRun(): Promise<string> {
  const plan = { ...TRIAL, seed };
  // One of each kind is enough for a short run.
  const chosen = given.short ? BROKEN_RELAYS.filter((_, index) => index % 7 === seed % 7) : BROKEN_RELAYS;
  say(
    `\n── broken relays: ${plan.messages} messages, ${plan.kills} kills, ${plan.lineFaults} damaged lines each, seed ${seed}`,
  );
  const results: Record<string, unknown> = {};
  let caught = 0;
  const jobs = [
    ...[{ name: 'sound', patches: [] }, ...HARSH_BUT_SOUND].map((sound) => async () => {
      const { byRule, facts } = await tryRelay(sound.name, sound.patches, plan);
      const passes = Object.keys(byRule).length === 0;
      failed ||= !passes;
      results[sound.name] = { passes, byRule, seconds: facts.seconds };
      say(`  ${passes ? 'passes' : 'FAILS '}  ${sound.name} ${passes ? '' : JSON.stringify(byRule)}`);
    }),
    ...chosen.map((broken) => async () => {
      const { byRule, facts } = await tryRelay(broken.name, broken.patches, plan);
      const found = byRule[broken.rule] ?? 0;
      if (found) caught++;
      results[broken.name] = { rule: broken.rule, found, byRule, seconds: facts.seconds };
      say(`  ${found ? 'caught' : 'MISSED'}  ${broken.name}: ${broken.says} (${broken.rule}: ${found})`);
    }),
  ];
  // Two at once: each of them waits most of its time.
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  await Promise.all([worker(), worker()]);
  report.broken = results;
  failed ||= caught < chosen.length;
  return `${caught} of ${chosen.length} broken relays caught`;
}

/** Figures beside the verdict: none of them is a promise on any machine, each has a goal on this one. */
async function scenarioRun(bundle: string): Promise<void> {
  const less = given.short ? 0.2 : 1;
  say('\n── scenarios');
  const full = await diskFull();
  report.diskFull = full ?? 'skipped: this user may not mount a file system';
  if (!full) say('  disk full: SKIPPED, since this user may not mount a file system (run it as root)');
  else {
    total.lost += full.lost;
    total.doubled += full.doubled;
    failed ||= full.failedReads > 0 || full.acknowledgedWhileFull > 0;
    say(
      `  disk full: ${full.lost} lost, ${full.doubled} doubled of ${full.acknowledged}; ${full.failedReads} reads failed; writes again ${full.resumedAfterMs} ms after space (goal 2000)`,
    );
  }
  const slow = await slowConsumers(100 * less, less * 2 ** 30);
  report.slowConsumers = slow;
  say(
    `  ${slow.sockets} sockets that never read, ${Math.round(slow.offered / 1e6)} MB offered: memory + ${slow.grownMb ?? '?'} MB (goal 150); others’ p99 ${slow.p99Alone} → ${slow.p99Beside} ms (goal: at most doubled)`,
  );
  const back = await recovery(1_000 * less);
  report.recovery = back;
  say(
    `  ${back.clients} clients after a SIGKILL: caught up p50 ${back.p50} ms, p99 ${back.p99} ms (goals 1500, 5000); relay ready after ${back.readyAfterMs} ms`,
  );
  const all = await herd(bundle, 2_000 * less);
  report.herd = all;
  say(
    `  ${all.clients} clients back at once: all welcome after ${all.allAfterMs} ms (goal 5000), ${all.readsEach} reads and ${all.writesEach} writes each`,
  );
}

await buildStale(['relay']);
const bundle = await buildLabRelay('sound');
if (runs('engines')) for (const engine of engines) await engineRun(engine, bundle);
if (runs('scenarios')) await scenarioRun(bundle);
const caught = runs('broken') ? `; ${await brokenRun()}` : '';

report.seconds = Math.round((performance.now() - began) / 1000);
const line = `${verdictLine(total, acknowledged)}${caught}`;
report.verdict = line;
const folder = join(import.meta.dirname, '../../bench-results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `faults-${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
say(`\nSeed ${seed} (repeat with --seed ${seed}), ${report.seconds} s, figures in ${file}`);
say(line);
process.exit(failed || Object.values(total).some((count) => count > 0) ? 1 : 0);
