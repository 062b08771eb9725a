import type { CommitQueue } from './commit-queue.ts';
import { isUnwritable } from './errors.ts';
import type { Db } from './persistence.ts';

/** What a lazy write does; it must not depend on earlier ones of its key, they may have been skipped. */
export type LazyWrite = (db: Db) => Promise<void>;

/** Writes that may be late and of which only the last per key counts: read marks, page trails, times last seen. */
export interface LazyWrites {
  /** Replaces what waits under this key. */
  put(key: string, write: LazyWrite): void;
  /** Writes all that waits; resolves when it is stored or was given up. */
  flush(): Promise<void>;
  /** Flushes and stops. */
  close(): Promise<void>;
}

export interface LazyWritesOptions {
  /** Longest time a write waits. */
  everyMs?: number;
  /** A write failed for a reason of its own; it is dropped. */
  onFault?: (error: unknown) => void;
}

/** So many go into one savepoint; the commit queue gets them in turns, so that messages are not held up. */
const CHUNK = 100;
/** Keys kept while the disk takes nothing; then the oldest go. */
const MOST = 100_000;

/** Lazy writes over the relay's commit queue. */
export function createLazyWrites(queue: CommitQueue, options: LazyWritesOptions = {}): LazyWrites {
  const { everyMs = 1_000, onFault = console.error } = options;
  let waiting = new Map<string, LazyWrite>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let flushing: Promise<void> | null = null;
  let closed = false;

  function put(key: string, write: LazyWrite): void {
    const oldest = waiting.size >= MOST ? waiting.keys().next().value : undefined;
    if (oldest !== undefined) waiting.delete(oldest);
    waiting.set(key, write);
    arm();
  }

  function arm(): void {
    if (timer !== null || closed) return;
    timer = setTimeout(() => void flush(), everyMs);
    timer.unref();
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    /* One at a time, so that an older write can never come after a newer one of its key. */
    flushing = (flushing ?? Promise.resolve()).then(writeAll);
    return flushing;
  }

  async function writeAll(): Promise<void> {
    /* Sorted: relays that share rows touch them in one order. */
    const taken = [...waiting].sort(([a], [b]) => (a < b ? -1 : 1));
    waiting = new Map();
    for (let at = 0; at < taken.length; at += CHUNK) await writeChunk(taken.slice(at, at + CHUNK));
  }

  async function writeChunk(chunk: [string, LazyWrite][]): Promise<void> {
    try {
      await queue.submit({
        key: [],
        async run(db) {
          for (const [, write] of chunk) await write(db);
        },
      });
    } catch (error) {
      if (isUnwritable(error)) {
        for (const [key, write] of chunk) if (!waiting.has(key)) put(key, write);
      } else if (chunk.length > 1) {
        for (const one of chunk) await writeChunk([one]);
      } else {
        onFault(error);
      }
    }
  }

  return {
    put,
    flush,
    async close() {
      closed = true;
      await flush();
    },
  };
}
