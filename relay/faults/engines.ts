import pg from 'pg';
import { startPostgres } from '../testing/postgres.ts';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

/** Calls `work` with the address of an empty database, of a Postgres of its own that syncs; undefined is SQLite. */
export async function withDatabase<T>(engine: Engine, work: (databaseUrl?: string) => Promise<T>): Promise<T> {
  if (engine === 'sqlite') return work();
  const server = await startPostgres({ fsync: true });
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query<{ fsync: string }>('show fsync');
    if (rows[0]?.fsync !== 'on') throw new Error('The laboratory’s Postgres does not sync.');
    await client.query('create database lab');
    await client.end();
    const url = new URL(server.url);
    url.pathname = '/lab';
    return await work(url.href);
  } finally {
    await server.stop();
  }
}
