import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { revisionsContract } from './revisions.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

revisionsContract('SQLite', async () => undefined);
revisionsContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
