import { join } from 'node:path';
import { createSite, hasSite } from '../sites/store.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { createTrigger } from '../triggers/store.ts';
import { demoFolder } from './folder.ts';
import { DEMO_SETTINGS, DEMO_TRIGGER } from './settings.ts';

/** The key of the demo shop's site. */
export const DEMO_KEY = 'demo';

/**
 * Makes the site `demo` with its settings, invitation and articles. A site that is there keeps what its owner has made
 * of it, and its articles too: new versions of them come only with a fresh demo.
 */
export async function seedDemo({ store, clock }: { store: Persistence; clock: Clock }): Promise<{ created: boolean }> {
  const { t } = store;
  if (await hasSite(store.read, t, DEMO_KEY)) return { created: false };
  const at = new Date(clock.now());
  const site = await store.tx(async (db) => {
    const made = await createSite(db, t, { key: DEMO_KEY, name: 'Тихий лист', settings: DEMO_SETTINGS, at });
    await createTrigger(db, t, made.id, DEMO_TRIGGER, at);
    return made;
  });
  // Reading Markdown is needed once, and its code would cost every later start a tenth of its time.
  const { importFolder } = await import('../knowledge/import.ts');
  await importFolder({ store, clock, site, dir: join(demoFolder(), 'articles') });
  return { created: true };
}
