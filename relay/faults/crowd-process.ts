/** A part of a crowd in a process of its own, so that the clients' work does not hold up what is measured. */

import { until } from '../testing/clients.ts';
import { allSay, gather, hasAll } from './crowd.ts';

/** What the process is told in the variable `CROWD`. */
export interface CrowdSettings {
  url: string;
  site: string;
  first: number;
  count: number;
}
/** `gathered`: everybody has their first message. `caughtUp`: wall-clock times at which each had their second. */
export type FromCrowd = { gathered: true } | { caughtUp: number[] };

const { url, site, first, count } = JSON.parse(process.env.CROWD ?? '{}') as CrowdSettings;
const tell = (said: FromCrowd) => process.send?.(said);
process.on('disconnect', () => process.exit(0));

const members = await gather({ url, site: { key: site } }, count, first);
await allSay(members, 'before');
await until(() => members.every((member) => hasAll(member, 1)), 'everybody has their first message', 60_000);
// The relay is about to be killed: everybody writes as soon as the line is lost.
process.once('message', async () => {
  const caughtUp = new Map<number, number>();
  await allSay(members, 'while it was away');
  await until(
    () => {
      for (const [i, member] of members.entries())
        if (!caughtUp.has(i) && hasAll(member, 2)) caughtUp.set(i, Date.now());
      return caughtUp.size === count;
    },
    'everybody is caught up',
    60_000,
  );
  tell({ caughtUp: [...caughtUp.values()] });
});
tell({ gathered: true });
