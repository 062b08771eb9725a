import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { uploadsContract } from './uploads.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

uploadsContract('SQLite', async () => undefined);
uploadsContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
