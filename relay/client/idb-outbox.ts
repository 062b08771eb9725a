import type { Command } from '../protocol/frames.ts';
import { uuidv7 } from './ids.ts';
import { memoryOutbox } from './memory-outbox.ts';
import type { OutboxHead, OutboxStore } from './outbox-store.ts';

const result = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * The outbox in IndexedDB, one database per `name`, shared by all tabs of the origin.
 * Where IndexedDB cannot be opened, a memory outbox takes its place (`durable` is false then).
 */
export async function idbOutbox<C extends Command>(name: string): Promise<OutboxStore<C>> {
  try {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('head');
      opening.result.createObjectStore('items', { keyPath: 'n' });
    };
    return over<C>(await result(opening));
  } catch {
    return memoryOutbox<C>();
  }
}

function over<C extends Command>(db: IDBDatabase): OutboxStore<C> {
  /** Runs `work` in one transaction and settles when it is on disk. */
  const within = <T>(work: (head: IDBObjectStore, items: IDBObjectStore) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      const tx = db.transaction(['head', 'items'], 'readwrite', { durability: 'strict' });
      let value: T;
      tx.oncomplete = () => resolve(value);
      tx.onabort = () => reject(tx.error);
      work(tx.objectStore('head'), tx.objectStore('items')).then(
        (made) => {
          value = made;
        },
        (error) => {
          reject(error);
          tx.abort();
        },
      );
    });
  const readHead = async (store: IDBObjectStore): Promise<OutboxHead> => {
    const kept = await result<OutboxHead | undefined>(store.get(0));
    if (kept) return kept;
    const fresh = { id: uuidv7(), next: 1 };
    store.put(fresh, 0);
    return fresh;
  };
  // A newer version of this script wants to change the database, or it is being deleted: do not stand in the way.
  db.onversionchange = () => db.close();

  return {
    durable: true,
    head: () => within(readHead),
    list: () => within((_, items) => result(items.getAll() as IDBRequest<C[]>)),
    add: (draft, id) =>
      within(async (store, items) => {
        const head = await readHead(store);
        const command = { ...draft, id, n: head.next } as unknown as C;
        items.add(command);
        store.put({ ...head, next: head.next + 1 }, 0);
        return command;
      }),
    settle: (id) =>
      within(async (_, items) => {
        for (const item of await result(items.getAll() as IDBRequest<C[]>)) if (item.id === id) items.delete(item.n);
      }).catch(() => {}),
    renew: () =>
      within(async (store, items) => {
        const kept = await result(items.getAll() as IDBRequest<C[]>);
        items.clear();
        kept.forEach((item, index) => {
          items.add({ ...item, n: index + 1 });
        });
        store.put({ id: uuidv7(), next: kept.length + 1 }, 0);
      }),
    close: () => db.close(),
  };
}
