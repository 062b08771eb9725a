import { closeSync, existsSync, fdatasync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { uuidv7 } from '../client/ids.ts';
import type { OutboxHead, OutboxStore } from '../client/outbox-store.ts';
import type { Command } from '../protocol/frames.ts';

type Entry<C> = { head: OutboxHead } | { add: C } | { settle: string } | { renew: string };

const sync = promisify(fdatasync);

/**
 * An outbox in a file, for programs without a browser: every change is appended and is on disk before it counts, so that
 * a process that is killed finds its outbox again. One process at a time. `close` closes the session's use of it; the
 * file stays open for the next session until `dispose`.
 */
export function fileOutbox<C extends Command>(path: string): OutboxStore<C> & { dispose(): void } {
  let head: OutboxHead = { id: uuidv7(), next: 1 };
  let items: C[] = [];
  const apply = (entry: Entry<C>) => {
    if ('head' in entry) head = entry.head;
    else if ('add' in entry) {
      items.push(entry.add);
      head = { ...head, next: entry.add.n + 1 };
    } else if ('settle' in entry) items = items.filter(({ id }) => id !== entry.settle);
    else {
      items = items.map((item, index) => ({ ...item, n: index + 1 }));
      head = { id: entry.renew, next: items.length + 1 };
    }
  };
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = kept.slice(0, kept.lastIndexOf('\n') + 1);
  for (const line of whole.split('\n').slice(0, -1)) apply(JSON.parse(line) as Entry<C>);
  const file = openSync(path, 'a');
  // What stands after the last end of a line was cut by the end of the process that wrote it.
  ftruncateSync(file, Buffer.byteLength(whole));

  let written = 0;
  let synced = 0;
  let syncing: Promise<void> | undefined;
  const write = (entry: Entry<C>) => {
    apply(entry);
    writeSync(file, `${JSON.stringify(entry)}\n`);
    return ++written;
  };
  /** Changes that come while the disk is busy share the next sync. */
  const put = async (entry: Entry<C>): Promise<void> => {
    const mine = write(entry);
    while (synced < mine) {
      syncing ??= (async () => {
        const upTo = written;
        await sync(file);
        synced = upTo;
        syncing = undefined;
      })();
      await syncing;
    }
  };
  if (!whole) write({ head });

  return {
    durable: true,
    head: async () => ({ ...head }),
    list: async () => [...items],
    async add(draft, id) {
      const command = { ...draft, id, n: head.next } as unknown as C;
      await put({ add: command });
      return command;
    },
    // Lost with the machine, it is sent once more and gets its first verdict again.
    settle: async (id) => void write({ settle: id }),
    renew: () => put({ renew: uuidv7() }),
    close: () => {},
    dispose: () => closeSync(file),
  };
}
