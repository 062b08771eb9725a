import { onTestFinished } from 'vitest';
import { freshDatabase } from './postgres.ts';
import { startTestRelay, type TestRelay, type TestRelayOptions } from './relay.ts';

/** A relay on a database of its own, for one test alone. */
export async function freshRelay(
  engine: 'sqlite' | 'postgres',
  options: Omit<TestRelayOptions, 'databaseUrl'>,
): Promise<TestRelay> {
  const database = engine === 'postgres' ? await freshDatabase() : undefined;
  const relay = await startTestRelay({ ...options, databaseUrl: database?.url });
  onTestFinished(async () => {
    await relay.stop();
    await database?.drop();
  });
  return relay;
}
