import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { provingContract } from './proving.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

provingContract('SQLite', async () => undefined);
provingContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
