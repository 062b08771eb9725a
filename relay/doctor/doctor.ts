import type { Config } from '../config.ts';
import { snapshotStore } from '../store/index.ts';
import type { Finding } from './finding.ts';
import {
  checkBuilt,
  checkDescriptors,
  checkFolder,
  checkLocations,
  checkNode,
  checkSecret,
  checkSettings,
} from './machine.ts';
import { checkReach } from './reach.ts';
import { checkStore } from './store-checks.ts';

/** Any site, to open a socket for; null where there is none, or no store. */
const anySite = (config: Config): Promise<string | null> =>
  snapshotStore(config, async (line) => {
    const [[key] = []] = await line.ask('select key from sites order by created_at limit 1');
    return key === undefined ? null : String(key);
  }).catch(() => null);

/** Looks at everything a relay with these settings needs. Changes nothing. */
export async function examine(config: Config): Promise<Finding[]> {
  return [
    checkNode(),
    ...checkSettings(config),
    ...checkFolder(config),
    checkSecret(config),
    checkBuilt(),
    checkDescriptors(),
    await checkLocations(config),
    ...(await checkStore(config)),
    ...(await checkReach(config, await anySite(config))),
  ];
}

/** One line for each finding, and a second one that says what to do. */
export function findingLines(found: readonly Finding[]): string[] {
  const lines = found.flatMap(({ check, level, says, todo }) => [
    `${level.padEnd(8)} ${check.padEnd(17)} ${says}`,
    ...(todo ? [`${' '.repeat(27)}→ ${todo}`] : []),
  ]);
  const count = (level: Finding['level']) => found.filter((one) => one.level === level).length;
  return [...lines, `${count('ok')} ok, ${count('warning')} warnings, ${count('error')} errors`];
}
