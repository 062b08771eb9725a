import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import type { Rates } from '../bus/limits.ts';
import { createRelay, type Relay } from '../create-relay.ts';
import { keysOf } from '../keys/keys.ts';
import { sealOf } from '../keys/seal.ts';
import { hashPassword } from '../operators/passwords.ts';
import { createOperator } from '../operators/store.ts';
import type { SiteSettingsInput } from '../protocol/site-settings.ts';
import { createSite, type Site } from '../sites/store.ts';
import { type Clock, openStore, type Persistence, systemClock } from '../store/index.ts';
import { makeTempDir } from './temp-dir.ts';

/** A relay with real sockets on a free port, one site and one owner. */
export interface TestRelay {
  url: string;
  store: Persistence;
  relay: Relay;
  site: Site;
  owner: { id: string; email: string; password: string };
  /** Stops without letting go of the data, so that `startTestRelay({dataDir})` goes on with it. */
  stop(): Promise<void>;
  dataDir: string;
}

export interface TestRelayOptions {
  dataDir?: string;
  databaseUrl?: string | undefined;
  settings?: SiteSettingsInput;
  origins?: string[];
  clock?: Clock;
  /** What the keys come from; random ones when absent. */
  secrets?: string[];
  port?: number;
  trustProxy?: string[];
  metricsTokens?: string[];
  /** Takes every line of the log. */
  onLog?: (line: string) => void;
  rates?: Rates;
  /** Whether the demo shop is served; no when absent. */
  demo?: boolean;
  /** Most writes of one commit; absent: the shipped number. */
  maxBatch?: number;
}

const owner = { email: 'owner@shop.example', password: 'correct horse battery' };
/* Argon2 is slow on purpose; once per process is enough. */
let ownerHash: Promise<string> | undefined;

/** Starts a relay for a test; the second start on the same data finds its site and owner there. */
export async function startTestRelay(options: TestRelayOptions = {}): Promise<TestRelay> {
  const clock = options.clock ?? systemClock;
  const dataDir = options.dataDir ?? makeTempDir().path;
  const store = await openStore({ databaseUrl: options.databaseUrl, dataDir });
  const at = new Date(clock.now());
  const { t } = store;
  let [site] = (await store.read.select().from(t.sites)) as Site[];
  let [ownerRow] = await store.read.select().from(t.operators);
  if (!site || !ownerRow) {
    ownerHash ??= hashPassword(owner.password);
    const passwordHash = await ownerHash;
    const { origins = [], settings = {} } = options;
    await store.tx(async (db) => {
      const made = await createSite(db, t, { key: 'shop', name: 'Shop', origins, settings, at });
      site = made;
      ownerRow = await createOperator(db, t, {
        siteId: made.id,
        role: 'owner',
        name: 'Olga',
        email: owner.email,
        passwordHash,
        at,
      });
    });
  }
  const ownOrigins: string[] = [];
  const dist = join(import.meta.dirname, '../../dist');
  const relay = await createRelay({
    ...{ store, ownOrigins, clock },
    logger: options.onLog
      ? pino({ level: 'trace', base: null }, { write: options.onLog })
      : pino({ level: process.env.TEST_LOG ?? 'silent' }),
    assets: { widget: join(dist, 'widget'), console: join(dist, 'console') },
    publicUrl: 'http://localhost',
    trustProxy: options.trustProxy ?? [],
    metricsTokens: options.metricsTokens ?? [],
    demo: options.demo ?? false,
    ...(options.secrets && { seal: sealOf(keysOf(options.secrets, 'second-factor')) }),
    ...(options.rates && { rates: options.rates }),
    ...(options.maxBatch && { maxBatch: options.maxBatch }),
    locate: () => ({ country: null, city: null }),
  });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: relay.app.fetch, port: options.port ?? 0, hostname: '127.0.0.1' }, () =>
      resolve(listening),
    );
  });
  relay.attach(server as Parameters<Relay['attach']>[0]);
  const { port } = server.address() as AddressInfo;
  ownOrigins.push(`http://localhost:${port}`, `http://127.0.0.1:${port}`);

  return {
    url: `http://127.0.0.1:${port}`,
    ...{ store, relay, dataDir },
    site: site as Site,
    owner: { ...owner, id: (ownerRow as { id: string }).id },
    async stop() {
      server.close();
      await relay.stop();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await store.close();
    },
  };
}
