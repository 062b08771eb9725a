import { makeTempDir } from '../testing/temp-dir.ts';
import { check, type Finding, type Rule } from './checker.ts';
import { buildLabRelay, type Patch } from './lab-build.ts';
import { type Plan, type RunFacts, runLaboratory } from './laboratory.ts';

/** How a relay came through one run. */
export interface Trial {
  findings: Finding[];
  facts: RunFacts;
  /** Findings by rule, none left out that has any. */
  byRule: Partial<Record<Rule, number>>;
}

/** Runs a plan over a bundle that is built already; the files of a run with findings stay, and `kept` says where. */
export async function tryBundle(
  bundle: string,
  plan: Plan,
  options: { databaseUrl?: string | undefined; keep?: boolean } = {},
): Promise<Trial & { kept?: string }> {
  const { path, remove } = makeTempDir();
  const { history, facts } = await runLaboratory(bundle, plan, path, options.databaseUrl);
  const findings = check(history);
  const byRule: Trial['byRule'] = {};
  for (const { rule } of findings) byRule[rule] = (byRule[rule] ?? 0) + 1;
  const keep = options.keep && findings.length > 0;
  if (!keep) remove();
  return { findings, facts, byRule, ...(keep && { kept: path }) };
}

/** Builds a relay, broken or not, and runs a plan over it. */
export async function tryRelay(
  name: string,
  patches: readonly Patch[],
  plan: Plan,
  databaseUrl?: string,
): Promise<Trial> {
  return tryBundle(await buildLabRelay(name, patches), plan, { databaseUrl });
}
