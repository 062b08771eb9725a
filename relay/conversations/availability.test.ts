import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { availabilityContract } from './availability.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

availabilityContract('SQLite', async () => undefined);
availabilityContract('Postgres', async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
});
