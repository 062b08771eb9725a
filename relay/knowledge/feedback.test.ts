import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { feedbackContract } from './feedback.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

feedbackContract('SQLite', async () => undefined);
feedbackContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
