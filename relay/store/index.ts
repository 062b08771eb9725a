export type { Batch } from './batch.ts';
export { type Clock, systemClock } from './clock.ts';
export { type CommitQueue, type CommitQueueOptions, createCommitQueue, type Write } from './commit-queue.ts';
export { epochOf } from './epoch.ts';
export { CommitUnsureError, isUniqueConflict, isUnwritable, StoreOpenError } from './errors.ts';
export { createLazyWrites, type LazyWrite, type LazyWrites } from './lazy-writes.ts';
export { type Db, openStore, type Persistence, type StoreOptions } from './persistence.ts';
export { prepared } from './prepared.ts';
export type {
  ActorKind,
  Attributes,
  AuthorKind,
  EventBody,
  LastLine,
  Schema,
} from './schema.ts';
