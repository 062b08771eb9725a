import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** In the data directory, since nobody else may write there: what lies in it is run. */
const FOLDER = 'compiled';
/** So long after the start what was compiled is written: when nobody waits for it, and what starts use is compiled. */
const WRITE_AFTER_MS = 2_000;

/**
 * Lets Node keep what it compiles of the bundle beside the data, so that the next start need not compile it again. The
 * first start makes the data directory itself and keeps nothing yet. `entry`: the bundle's file; a newer one has a
 * folder of its own, and those of older ones are removed.
 */
export function keepCompiled(dataDir: string, entry: string): void {
  if (!existsSync(dataDir)) return;
  const folder = join(dataDir, FOLDER, Math.floor(statSync(entry).mtimeMs).toString(36));
  enableCompileCache(folder);
  // On purpose not only at the end, as Node does by itself: after a SIGKILL a quick start counts most.
  setTimeout(() => {
    flushCompileCache();
    forgetOthers(folder);
  }, WRITE_AFTER_MS).unref();
}

function forgetOthers(folder: string): void {
  try {
    const others = readdirSync(dirname(folder)).filter((name) => name !== basename(folder));
    for (const name of others) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  } catch {
    // A folder that cannot be written has none to forget.
  }
}
