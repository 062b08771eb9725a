import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { pino } from 'pino';
import { ConfigError, readConfig } from './config.ts';
import { createRelay } from './create-relay.ts';
import { seedDemo } from './demo/seed.ts';
import { distFolder } from './dist-folder.ts';
import { ensureOwner, FIRST_PASSWORD_NOTE, type FirstOwner } from './first-start.ts';
import { fileKeys, keysOf, metricsTokens, proofKeys, visitorTokenKeys } from './keys/keys.ts';
import { sealOf } from './keys/seal.ts';
import { secretsInForce } from './keys/secret-file.ts';
import { hasSite } from './sites/store.ts';
import { openStore, StoreOpenError, systemClock } from './store/index.ts';
import { openLocations } from './visitors/location.ts';

/**
 * Connections that may wait to be taken. After a restart everybody comes back at once; of those beyond Node's 511 the
 * kernel drops the first packet, and they lose a second, then three, then seven.
 */
const WAITING_AT_THE_DOOR = 4_096;
/** So long a stop may take before it is cut short: less than the 10 s after which Docker kills. */
const STOP_MS = 9_000;
/** Ctrl-C reaches the relay from the terminal and from npm: signals that come together are one. A later one ends at once. */
const ONE_ASKING_MS = 500;
/**
 * So long an idle connection is kept: longer than a proxy keeps its own (Caddy 2 minutes, nginx 1), so that
 * no request goes out over a line that is being closed at that moment, which a visitor would see as 502.
 */
const KEEP_ALIVE_MS = 130_000;
/** So long requests that are being answered may take to end. */
const ANSWERS_MS = 1_000;

/** Ends with one sentence for the person who started it. */
function giveUp(sentence: string): never {
  process.stderr.write(`Frontdesk cannot start: ${sentence}\n`);
  process.exit(1);
}

/** What the person who started it needs for signing in. */
function signInLines(owner: FirstOwner | null, anySite: boolean): string[] {
  if (owner?.password)
    return [
      `  Sign in as  ${owner.email}`,
      `  Password    ${owner.password}`,
      `              (${FIRST_PASSWORD_NOTE})`,
    ];
  if (owner) return [`  Sign in as  ${owner.email}`, '  Password    (the one of OWNER_PASSWORD)'];
  if (!anySite) return ['  There is no site yet: npx frontdesk site create --origin https://shop.example'];
  return ['  A new password: npx frontdesk operator password EMAIL'];
}

const hostInUrl = (host: string) => (host.includes(':') ? `[${host}]` : host);

async function main(): Promise<void> {
  const config = readConfig();
  const logger = pino({ level: config.logLevel, base: null });
  const locate = await openLocations(config.geoipDb).catch(() =>
    giveUp(`the file of GEOIP_DB (${config.geoipDb}) cannot be read as a MaxMind database.`),
  );
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  const secrets = secretsInForce(config.secrets, config.dataDir);
  if (config.demo) await seedDemo({ store, clock: systemClock });
  const owner = await ensureOwner(store, systemClock, { email: config.ownerEmail, password: config.ownerPassword });

  const anySite = await hasSite(store.read, store.t);

  const local = (port: number) =>
    ['localhost', '127.0.0.1', '[::1]', hostInUrl(config.host)].map((host) => `http://${host}:${port}`);
  const ownOrigins = [...(config.publicUrl ? [new URL(config.publicUrl).origin] : []), ...local(config.port)];
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const dist = distFolder();
  const relay = await createRelay({
    ...{ store, logger, publicUrl, ownOrigins, locate },
    assets: { widget: join(dist, 'widget'), console: join(dist, 'console') },
    trustProxy: config.trustProxy,
    metricsTokens: metricsTokens(secrets),
    tokenKeys: visitorTokenKeys(secrets),
    fileKeys: fileKeys(secrets),
    proofKeys: proofKeys(secrets),
    seal: sealOf(keysOf(secrets, 'second-factor')),
    demo: config.demo,
  });

  const server = createAdaptorServer({
    ...{ fetch: relay.app.fetch, hostname: config.host },
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  });
  server.listen({ port: config.port, host: config.host, backlog: WAITING_AT_THE_DOOR }, () => {
    const { port } = server.address() as AddressInfo;
    const base = config.publicUrl ?? `http://localhost:${port}`;
    logger.info({ port, engine: store.dialect }, 'ready');
    process.stdout.write(
      [
        '',
        ...(config.demo ? [`  Demo shop   ${base}/demo/`] : []),
        `  Console     ${base}/console/`,
        `  Script tag  <script async src="${base}/widget.js" data-site="${config.demo ? 'demo' : 'YOUR-SITE'}"></script>`,
        '',
        ...signInLines(owner, anySite),
        '',
        '',
      ].join('\n'),
    );
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') giveUp(`port ${config.port} is in use; set PORT to another one.`);
    if (error.code === 'EACCES')
      giveUp(`port ${config.port} may not be opened by this user; set PORT to one above 1023.`);
    if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? ''))
      giveUp(`this machine does not have the address HOST=${config.host}.`);
    throw error;
  });
  relay.attach(server as Parameters<typeof relay.attach>[0]);

  let stoppingSince = 0;
  const stop = async (signal: NodeJS.Signals) => {
    if (stoppingSince > 0) {
      if (performance.now() - stoppingSince > ONE_ASKING_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    logger.info({ signal }, 'going down');
    setTimeout(() => {
      logger.warn('the stop took too long and was cut short');
      process.exit(1);
    }, STOP_MS).unref();
    await relay.drain();
    const closed = new Promise((resolve) => server.close(resolve));
    if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), ANSWERS_MS).unref();
    await closed;
    await relay.stop();
    await store.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) giveUp(error.message);
  if (error instanceof StoreOpenError) giveUp(error.says);
  throw error;
});
