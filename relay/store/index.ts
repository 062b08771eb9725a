export type { Batch } from './batch.ts';
export { type Clock, systemClock } from './clock.ts';
export { type CommitQueue, createCommitQueue } from './commit-queue.ts';
export { epochOf } from './epoch.ts';
export { CommitUnsureError, isUniqueConflict, StoreOpenError } from './errors.ts';
export { createLazyWrites, type LazyWrites } from './lazy-writes.ts';
export { type Db, openStore, type Persistence } from './persistence.ts';
export type { Schema } from './schema.ts';
export type { ActorKind, AuthorKind, EventBody } from './stored.ts';
