/** Starts one Postgres for a whole run of tests; each test file makes its own database on it. */
export { setup, teardown } from './postgres.ts';
