import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { distFolder } from '../dist-folder.ts';
import { keptSecrets, SECRET_FILE } from '../keys/secret-file.ts';
import { openLocations } from '../visitors/location.ts';
import { type Finding, findings } from './finding.ts';

const MB = 1024 * 1024;
/** Below this much room a busy day fills the disk; below the lower bound the next hour may. */
const ROOM_MB = { warning: 1_024, error: 100 };
/** Each socket is a descriptor; below this a busy site meets the limit. */
const DESCRIPTORS = 4_096;

export function checkNode(): Finding {
  const { ok, error } = findings('node');
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return ok(`Node ${version}.`);
  return error(`Node ${version} is too old.`, 'Use 22.18 or later; «npm ci» brings one on Linux and Windows.');
}

/** Whether the relay can keep its data, in room and rights. */
export function checkFolder({ dataDir, databaseUrl, secrets }: Config): Finding[] {
  const { ok, warning, error } = findings('data folder');
  if (databaseUrl && secrets) return [ok('Not used: the data is in Postgres and the secret in the settings.')];
  if (!existsSync(dataDir))
    return [warning(`${dataDir} is not there.`, 'The first start makes it; else check DATA_DIR.')];
  const todo = 'Give the folder to the user who runs the relay, or set DATA_DIR to another.';
  try {
    const probe = mkdtempSync(join(dataDir, '.doctor-'));
    writeFileSync(join(probe, 'probe'), 'probe');
    rmSync(probe, { recursive: true });
  } catch (cause) {
    return [error(`${dataDir} cannot be written (${(cause as NodeJS.ErrnoException).code}).`, todo)];
  }
  const found = [ok(`${dataDir} can be written.`)];
  if (process.platform !== 'win32' && (statSync(dataDir).mode & 0o007) !== 0)
    found.push(warning(`${dataDir} can be read by every user of this machine.`, `chmod o-rwx ${dataDir}`));
  const { bavail, bsize } = statfsSync(dataDir);
  const free = Math.floor((bavail * bsize) / MB);
  const says = `${free} MB are free on its disk.`;
  if (free < ROOM_MB.error) found.push(error(says, 'Make room: without it nothing more is stored.'));
  else if (free < ROOM_MB.warning) found.push(warning(says, 'Make room before the disk is full.'));
  else found.push(ok(says));
  return found;
}

export function checkSecret({ dataDir, secrets }: Config): Finding {
  const { ok, warning, error } = findings('secret');
  if (secrets) return ok(secrets.length > 1 ? `Set, with ${secrets.length - 1} older.` : 'Set.');
  try {
    if (keptSecrets(dataDir).length === 0)
      return warning('There is none yet.', 'The first start makes one and keeps it in DATA_DIR.');
  } catch (cause) {
    return error((cause as Error).message, 'Put a good secret into the file, or restore it from a backup.');
  }
  const file = join(dataDir, SECRET_FILE);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    return warning(`${file} can be read by others.`, `chmod 600 ${file}`);
  return ok(`Kept in ${file}.`);
}

export function checkBuilt(dist = distFolder()): Finding {
  const { ok, error } = findings('built parts');
  const missing = ['widget/widget.js', 'console/index.html'].filter((path) => !existsSync(join(dist, path)));
  if (missing.length === 0) return ok(`Widget and console are in ${dist}.`);
  return error(`Missing in ${dist}: ${missing.join(', ')}.`, 'Run «npm run build».');
}

/** Of this process; a service may have another limit (`LimitNOFILE`). */
export function checkDescriptors(limits = '/proc/self/limits'): Finding {
  const { ok, warning } = findings('file descriptors');
  if (!existsSync(limits)) return ok('This system does not tell its limit.');
  const limit = Number(/^Max open files\s+(\d+)/m.exec(readFileSync(limits, 'utf8'))?.[1] ?? Number.POSITIVE_INFINITY);
  if (limit >= DESCRIPTORS) return ok(`${limit} for a process started here.`);
  return warning(
    `${limit} for a process started here; each socket takes one.`,
    'Raise it: «ulimit -n 65536», or LimitNOFILE=65536 in the service.',
  );
}

export async function checkLocations({ geoipDb }: Config): Promise<Finding> {
  const { ok, error } = findings('locations');
  if (!geoipDb) return ok('Not used: GEOIP_DB is not set.');
  return openLocations(geoipDb).then(
    () => ok(`${geoipDb} can be read.`),
    () =>
      error(
        `${geoipDb} cannot be read as a MaxMind database.`,
        'Give GEOIP_DB a readable .mmdb file, or leave it out.',
      ),
  );
}

/** Settings that are each allowed and together most likely not meant. */
export function checkSettings(config: Config): Finding[] {
  const { ok, warning } = findings('settings');
  const { publicUrl, trustProxy, host, demo } = config;
  const found: Finding[] = [];
  const behindTls = publicUrl?.startsWith('https://') ?? false;
  const local = ['127.0.0.1', '::1', 'localhost'].includes(host);
  const publicHost = publicUrl ? new URL(publicUrl).hostname : 'localhost';
  if (!publicUrl && !local)
    found.push(
      warning(
        'HOST opens the relay to the network, and PUBLIC_URL is not set.',
        'Set PUBLIC_URL to the address that browsers use.',
      ),
    );
  if (publicUrl && !behindTls && !['localhost', '127.0.0.1', '[::1]'].includes(publicHost))
    found.push(
      warning(
        'PUBLIC_URL is not https: browsers keep the widget off such pages.',
        'Put a proxy with TLS in front and set PUBLIC_URL to its https address.',
      ),
    );
  if (behindTls && trustProxy.length === 0)
    found.push(
      warning(
        'PUBLIC_URL is https and TRUST_PROXY is not set, so that every visitor seems to come from the proxy.',
        'Set TRUST_PROXY to the address of the proxy.',
      ),
    );
  if (publicUrl && publicHost !== 'localhost' && demo)
    found.push(warning('The demo shop is served on a public address.', 'Set DEMO=0.'));
  return found.length > 0 ? found : [ok('They go together.')];
}
