import type { Logger } from 'pino';
import type { Bus } from './bus/bus.ts';
import type { Rates } from './bus/limits.ts';
import type { Assets } from './http/pages.ts';
import type { Seal } from './operators/deps.ts';
import type { Clock, Persistence } from './store/index.ts';
import type { Locate } from './visitors/location.ts';

/** What a relay is put together with. */
export interface RelayOptions {
  store: Persistence;
  logger: Logger;
  assets: Assets;
  /** Whether the demo shop is served. */
  demo?: boolean;
  /** Where it is reached from outside, without a slash at the end. */
  publicUrl: string;
  /** Origins of the relay's own pages. */
  ownOrigins: readonly string[];
  trustProxy: readonly string[];
  locate: Locate;
  /** Bearer tokens that may read `/metrics`; nobody may when there are none. */
  metricsTokens?: readonly string[];
  /** What visitors' following tokens are made with, the newest first; made at random when absent. */
  tokenKeys?: readonly Buffer[];
  /** What addresses of files are signed with, the newest first; made at random when absent. */
  fileKeys?: readonly Buffer[];
  /** What puzzles for suspicious forms are signed with, the newest first; made at random when absent. */
  proofKeys?: readonly Buffer[];
  /** What second factors are sealed with; a key at random when absent. */
  seal?: Seal;
  clock?: Clock;
  /** How often something may be asked; the shipped figures when absent. */
  rates?: Rates;
  /** Most writes of one commit; the queue's own number when absent. */
  maxBatch?: number;
  /** Absent: this relay is alone. */
  bus?: Bus;
}
