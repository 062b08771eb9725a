import type { Config } from '../config.ts';
import { type Finding, findings } from './finding.ts';

/** So long an answer may take. */
const PATIENCE_MS = 5_000;

/** The status of an answer; a sentence where there is none. */
async function statusOf(url: string): Promise<number | string> {
  try {
    return (await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })).status;
  } catch (error) {
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    return cause?.code ?? cause?.message ?? (error as Error).message;
  }
}

/** Whether a WebSocket opens at an address. */
function opens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const end = (open: boolean) => {
      clearTimeout(timer);
      resolve(open);
      socket.close();
    };
    const timer = setTimeout(() => end(false), PATIENCE_MS);
    socket.onopen = () => end(true);
    socket.onerror = () => end(false);
  });
}

/** Whether a relay runs here, and whether browsers reach it by its public address, sockets included. */
export async function checkReach({ host, port, publicUrl }: Config, site: string | null): Promise<Finding[]> {
  const here = findings('relay');
  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const local = `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
  const status = await statusOf(`${local}/readyz`);
  if (typeof status === 'string')
    return [
      here.warning(`No relay answers at ${local} (${status}).`, 'Start it, or give the settings that it runs with.'),
    ];
  const found =
    status === 200
      ? [here.ok(`It answers at ${local} and is ready.`)]
      : [here.error(`It answers at ${local} and is not ready (${status}).`, `See ${local}/readyz and the log.`)];
  if (!publicUrl) return found;

  const outside = findings('public address');
  const alive = await statusOf(`${publicUrl}/healthz`);
  if (alive !== 200)
    return [
      ...found,
      outside.error(
        `${publicUrl}/healthz answers ${alive}, not 200.`,
        'Check PUBLIC_URL, the name, the certificate and the proxy.',
      ),
    ];
  found.push(outside.ok(`${publicUrl} leads here.`));
  if (site === null) return found;
  const socket = `${publicUrl.replace(/^http/, 'ws')}/api/visitor/socket?site=${encodeURIComponent(site)}`;
  found.push(
    (await opens(socket))
      ? outside.ok('A WebSocket opens through it.')
      : outside.error(
          'No WebSocket opens through it; visitors fall back to the event stream.',
          'Let the proxy pass the upgrade on, see docs/hosting.md, Behind TLS.',
        ),
  );
  return found;
}
