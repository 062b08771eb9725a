import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { identifyContract } from './identify.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

identifyContract('SQLite', async () => undefined);
identifyContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
