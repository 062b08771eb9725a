import { type Migration, pgMigrations, sqliteMigrations } from './migrations.ts';

/** The steps of this version's schema on an engine, oldest first; both engines' have the same names. */
export const migrationsOf = (dialect: 'sqlite' | 'pg'): readonly Migration[] =>
  dialect === 'pg' ? pgMigrations : sqliteMigrations;
