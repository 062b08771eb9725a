import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.ts';
import { makeFolder } from '../store/index.ts';
import { secretFault, secretsOf } from './secret-rules.ts';

/** The file in the data directory. */
export const SECRET_FILE = 'secret';

/** The secrets kept in `dataDir`, newest first; none when there is no file. Throws `ConfigError`. */
export function keptSecrets(dataDir: string): string[] {
  const file = join(dataDir, SECRET_FILE);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ConfigError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}); it holds the SECRET.`);
  }
  const secrets = secretsOf(text);
  if (secrets.length === 0) throw new ConfigError(`${file} is empty; remove it, or put the SECRET back.`);
  for (const secret of secrets) {
    const fault = secretFault(secret);
    if (fault)
      throw new ConfigError(`A secret in ${file} is ${fault}; put in the output of «openssl rand -base64 32».`);
  }
  return secrets;
}

/** Writes secrets to `dataDir`, for the owner of the file alone; what is there already stays, unless it shall not. */
export function keepSecrets(dataDir: string, secrets: readonly string[], instead = false): void {
  makeFolder(dataDir);
  const file = join(dataDir, SECRET_FILE);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${secrets.join('\n')}\n`);
    fsyncSync(handle);
    // A link is refused where a file is there: of two relays that start at once, both go on with the first one's.
    if (instead) renameSync(draft, file);
    else linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
}

/** The secrets in force, newest first: those of the setting, else those kept in `dataDir`, else a fresh one, kept there. */
export function secretsInForce(given: readonly string[] | undefined, dataDir: string): readonly string[] {
  if (given) return given;
  if (keptSecrets(dataDir).length === 0) {
    try {
      keepSecrets(dataDir, [randomBytes(32).toString('base64url')]);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      throw new ConfigError(
        `The SECRET cannot be kept in DATA_DIR (${dataDir}: ${code}); set SECRET, or let the relay's user write there.`,
      );
    }
  }
  return keptSecrets(dataDir);
}
