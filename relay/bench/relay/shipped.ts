import { join } from 'node:path';
import { SHIPPED_FLAGS } from '../../testing/browser/relay-process.ts';
import { makeTempDir } from '../../testing/temp-dir.ts';
import type { Target } from './clients.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const main = join(import.meta.dirname, '../../../dist/relay/main.js');

/** The relay as it is shipped, bundled: read file by file its libraries weigh two hundred megabytes more. */
export async function startShipped(): Promise<{ relay: ServerProcess; target: Target; end(): Promise<void> }> {
  const { path, remove } = makeTempDir();
  const owner = { email: 'olga@shop.example', password: 'correct horse battery' };
  const relay = await startServer([...SHIPPED_FLAGS, '--import', join(import.meta.dirname, 'watched-loop.js'), main], {
    ...{ PORT: '0', DATA_DIR: path, DEMO: '1', LOG_LEVEL: 'info' },
    ...{ OWNER_EMAIL: owner.email, OWNER_PASSWORD: owner.password },
  });
  return {
    relay,
    target: { port: relay.said.port, site: 'demo', owner },
    async end() {
      await relay.stop();
      remove();
    },
  };
}
