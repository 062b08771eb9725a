import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { keepSecrets, keptSecrets } from '../keys/secret-file.ts';
import { secretsOf } from '../keys/secret-rules.ts';
import { hasStore } from '../store/index.ts';
import { openArchive } from './archive-reader.ts';
import { BackupError } from './backup-error.ts';
import { makeBackup } from './make-backup.ts';
import type { Manifest } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';

type Settings = Pick<Config, 'databaseUrl' | 'dataDir' | 'secrets'>;

const rowsOf = ({ tables }: Manifest, name: string) => tables.find((table) => table.name === name)?.rows ?? 0;
const counts = (manifest: Manifest) =>
  `${rowsOf(manifest, 'sites')} sites, ${rowsOf(manifest, 'conversations')} conversations with ${rowsOf(manifest, 'events')} events, ${rowsOf(manifest, 'articles')} articles, ${rowsOf(manifest, 'files')} files`;

/** `frontdesk backup FILE`: what it says to the person. Throws `BackupError`, `StoreOpenError`, `ConfigError`. */
export async function backupTo(file: string, { secrets, ...store }: Settings): Promise<string[]> {
  const kept = secrets ? [] : keptSecrets(store.dataDir);
  const path = resolve(file);
  const manifest = await makeBackup(store, path, kept).catch((error: NodeJS.ErrnoException) => {
    if (/^E[A-Z]+$/.test(error.code ?? '') && error.path)
      throw new BackupError(`${path} cannot be written (${error.code}).`);
    throw error;
  });
  const without = kept.length === 0 ? ['The SECRET of the settings is not in it; keep it elsewhere.'] : [];
  return [`${path}: ${counts(manifest)}.`, ...without];
}

/** `frontdesk restore FILE`: what it says to the person. Throws `BackupError`, `StoreOpenError`, `ConfigError`. */
export async function restoreFrom(file: string, { secrets, ...store }: Settings, force: boolean): Promise<string[]> {
  const archive = await openArchive(resolve(file));
  try {
    if (!force && (await hasStore(store)))
      throw new BackupError('There is data already. With --force it is thrown away and the backup takes its place.');
    await restoreBackup(store, archive);
    const said = [`Restored from ${archive.manifest.madeAt}: ${counts(archive.manifest)}.`];
    if (archive.secret !== null && !secrets) keepSecrets(store.dataDir, secretsOf(archive.secret), force);
    return [...said, 'Browsers load anew what they have; messages that wait in them go out.'];
  } finally {
    await archive.close();
  }
}
