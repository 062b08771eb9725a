import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { buildLabRelay } from './lab-build.ts';
import { SHORT, SHORT_POSTGRES } from './plans.ts';
import { tryBundle } from './trial.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await buildLabRelay('test');
});

const seed = 20_261_122;
const quiet = (trial: Awaited<ReturnType<typeof tryBundle>>) => ({
  findings: trial.findings.slice(0, 20),
  kept: trial.kept,
  enough: trial.facts.acknowledged,
});

test(`[CM1] [CM2] [CM3] [SQ1] [RS1] 5,000 messages and 60 faults over SQLite, seed ${seed}: nothing lost, doubled, out of order`, async () => {
  const trial = await tryBundle(bundle, { ...SHORT, seed }, { keep: true });
  expect(quiet(trial)).toMatchObject({ findings: [], kept: undefined });
  expect(trial.facts.acknowledged).toBeGreaterThanOrEqual(SHORT.messages);
  expect(trial.facts).toMatchObject({ settled: true, durability: ['synchronous=FULL'], repeated: 4 * SHORT.visitors });
}, 150_000);

test(`[CM1] [CM2] [CM3] [SQ1] [RS1] the same over Postgres, smaller, seed ${seed}`, async () => {
  const { url, drop } = await freshDatabase();
  const trial = await tryBundle(bundle, { ...SHORT_POSTGRES, seed }, { databaseUrl: url, keep: true });
  await drop();
  expect(quiet(trial)).toMatchObject({ findings: [], kept: undefined });
  expect(trial.facts.acknowledged).toBeGreaterThanOrEqual(SHORT_POSTGRES.messages);
  const repeated = 4 * SHORT_POSTGRES.visitors;
  expect(trial.facts).toMatchObject({ settled: true, durability: ['synchronous_commit=on'], repeated });
}, 150_000);
