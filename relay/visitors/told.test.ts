import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { toldContract } from './told.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

toldContract('SQLite', async () => undefined);
toldContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
