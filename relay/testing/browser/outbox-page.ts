/** What `outbox.spec.ts` calls inside of a page. */
import { idbOutbox } from '../../client/idb-outbox.ts';
import { uuidv7 } from '../../client/ids.ts';
import { OUTBOX_CASES } from '../../client/outbox.contract.ts';
import type { VisitorCommand } from '../../protocol/frames.ts';

const page = {
  /** Runs a case of the contract over a fresh database; throws what it throws. */
  async run(name: string) {
    const store = await idbOutbox<VisitorCommand>(`contract ${uuidv7()}`);
    if (!store.durable) throw new Error('IndexedDB could not be opened.');
    await OUTBOX_CASES.find((one) => one.name === name)?.run(store);
    store.close();
  },
  /** Adds so many commands at once, as one tab does; gives their numbers. */
  async add(database: string, count: number) {
    const store = await idbOutbox<VisitorCommand>(database);
    const conversation = uuidv7();
    const adding = Array.from({ length: count }, (_, i) =>
      store.add({ type: 'message:send', conversation, text: `${i}` }, uuidv7()),
    );
    const numbers = (await Promise.all(adding)).map(({ n }) => n);
    store.close();
    return numbers;
  },
  async look(database: string) {
    const store = await idbOutbox<VisitorCommand>(database);
    const [head, list] = [await store.head(), await store.list()];
    store.close();
    return { durable: store.durable, head, list };
  },
};
export type OutboxPage = typeof page;
Object.assign(globalThis, { outboxPage: page });
