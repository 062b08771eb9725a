import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { solvedContract } from './solved.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

solvedContract('SQLite', async () => undefined);
solvedContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
