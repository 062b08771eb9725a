/**
 * The relay as the laboratory runs it: the shipped `createRelay` over the shipped stores, in a process of its own, with
 * crash points wrapped around its ports. Bundled by `lab-build.ts`; spoken to over IPC.
 */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { inProcessBus } from '../bus/in-process-bus.ts';
import { createRelay, type Relay } from '../create-relay.ts';
import { hashPassword } from '../operators/passwords.ts';
import { createOperator } from '../operators/store.ts';
import { createSite, listSites } from '../sites/store.ts';
import { openStore, type Persistence, systemClock } from '../store/index.ts';
import { type CrashPoint, createCrashPoints } from './crash-points.ts';

/** What the laboratory says to the process. */
export interface ToLabRelay {
  arm: CrashPoint;
  nth: number;
}
/** What the process says once, when it is ready. */
export interface FromLabRelay {
  port: number;
  /** As read from the live connection that writes. */
  durability: string;
}
/** How the process is told what to be, in the variable `LAB`. */
export interface LabRelaySettings {
  port: number;
  dataDir: string;
  databaseUrl?: string | undefined;
  site: string;
  operators: { email: string; password: string }[];
}

const settings = JSON.parse(process.env.LAB ?? '{}') as LabRelaySettings;
const points = createCrashPoints(() => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message) => {
  const { arm, nth } = message as ToLabRelay;
  points.arm(arm, nth);
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
  clock: systemClock,
  logger: pino({ level: process.env.LAB_LOG ?? 'silent' }),
  assets: { widget: join(settings.dataDir, 'widget'), console: join(settings.dataDir, 'console') },
  publicUrl: 'http://localhost',
  ownOrigins: [],
  trustProxy: [],
  locate: () => ({ country: null, city: null }),
});
const server = serve({ fetch: relay.app.fetch, port: settings.port, hostname: '127.0.0.1' }, () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, durability } satisfies FromLabRelay);
});
server.on('connection', points.socket);
relay.attach(server as Parameters<Relay['attach']>[0]);
