import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { closingContract } from './closing.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

closingContract('SQLite', async () => undefined);
closingContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
