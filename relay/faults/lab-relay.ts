/**
 * The relay as the laboratory runs it: the shipped `createRelay` over the shipped stores, in a process of its own, with
 * crash points wrapped around its ports. Bundled by `lab-build.ts`; spoken to over IPC.
 */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { pino } from 'pino';
import { inProcessBus } from '../bus/in-process-bus.ts';
import { createRelay, type Relay } from '../create-relay.ts';
import { hashPassword } from '../operators/passwords.ts';
import { createOperator } from '../operators/store.ts';
import { createSite, listSites } from '../sites/store.ts';
import { openStore, type Persistence, systemClock } from '../store/index.ts';
import { countQueries, type QueryCounts } from './count-queries.ts';
import { type CrashPoint, createCrashPoints } from './crash-points.ts';

/** What the laboratory says to the process: where to die, or to say how many queries it has run. */
export type ToLabRelay = { arm: CrashPoint; nth: number } | { queries: true };
/** What the process says: once when it is ready, and when it is asked. */
export type FromLabRelay =
  | {
      port: number;
      /** As read from the live connection that writes. */
      durability: string;
    }
  | { queries: QueryCounts };
/** How the process is told what to be, in the variable `LAB`. */
export interface LabRelaySettings {
  port: number;
  dataDir: string;
  databaseUrl?: string | undefined;
  site: string;
  operators: { email: string; password: string }[];
  /** SQLite only. */
  countQueries?: boolean;
  /** So far its clock is ahead. */
  clockAheadMs?: number;
}

const settings = JSON.parse(process.env.LAB ?? '{}') as LabRelaySettings;
const counts = settings.countQueries ? countQueries() : { reads: 0, writes: 0 };
const tell = (said: FromLabRelay) => void process.send?.(said);
const points = createCrashPoints(() => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message) => {
  const told = message as ToLabRelay;
  if ('arm' in told) points.arm(told.arm, told.nth);
  else tell({ queries: counts });
});
// Nobody is left to speak to: a laboratory that was ended leaves no relay behind.
process.on('disconnect', () => process.exit(0));

/** The site and its operators, on the first start. */
async function seed(store: Persistence): Promise<void> {
  const { read, t } = store;
  if ((await listSites(read, t)).length > 0) return;
  const at = new Date();
  const passwordHash = await hashPassword(settings.operators[0]?.password ?? '');
  await store.tx(async (db) => {
    const site = await createSite(db, t, { key: settings.site, name: 'Laboratory', at });
    for (const { email } of settings.operators)
      await createOperator(db, t, { siteId: site.id, role: 'owner', name: email, email, passwordHash, at });
  });
}

const store = await openStore({ databaseUrl: settings.databaseUrl, dataDir: settings.dataDir });
await seed(store);
const durability = await store.durability();
const relay = await createRelay({
  store: points.store(store),
  bus: points.bus(inProcessBus()),
  clock: { now: () => systemClock.now() + (settings.clockAheadMs ?? 0) },
  logger: pino({ level: process.env.LAB_LOG ?? 'silent' }),
  assets: { widget: join(settings.dataDir, 'widget'), console: join(settings.dataDir, 'console') },
  publicUrl: 'http://localhost',
  ownOrigins: [],
  // The crowd of a scenario says its addresses itself.
  trustProxy: ['127.0.0.1'],
  locate: () => ({ country: null, city: null }),
});
const server = createAdaptorServer({ fetch: relay.app.fetch, hostname: '127.0.0.1' });
server.listen({ port: settings.port, host: '127.0.0.1', backlog: 4_096 }, () => {
  const { port } = server.address() as AddressInfo;
  tell({ port, durability });
});
server.on('connection', points.socket);
relay.attach(server as Parameters<Relay['attach']>[0]);
