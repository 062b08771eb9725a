import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { chatContract } from './chat.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

chatContract('SQLite', async () => undefined);
chatContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
