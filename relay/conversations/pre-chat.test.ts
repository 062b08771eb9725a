import { afterAll } from 'vitest';
import { freshDatabase } from '../testing/postgres.ts';
import { preChatContract } from './pre-chat.contract.ts';
import { queueContract } from './queue.contract.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});
const postgres = async () => {
  const { url, drop } = await freshDatabase();
  drops.push(drop);
  return url;
};

for (const contract of [preChatContract, queueContract]) {
  contract('SQLite', async () => undefined);
  contract('Postgres', postgres);
}
