import type { Command } from '../protocol/frames.ts';
import { uuidv7 } from './ids.ts';
import type { OutboxHead, OutboxStore } from './outbox-store.ts';

/** The outbox where the device keeps nothing (storage blocked), and for programs without a browser. */
export function memoryOutbox<C extends Command>(): OutboxStore<C> {
  let head: OutboxHead = { id: uuidv7(), next: 1 };
  let items: C[] = [];
  return {
    durable: false,
    head: async () => ({ ...head }),
    list: async () => [...items],
    add: async (draft, id) => {
      const command = { ...draft, id, n: head.next++ } as unknown as C;
      items.push(command);
      return command;
    },
    settle: async (id) => {
      items = items.filter((item) => item.id !== id);
    },
    renew: async () => {
      items = items.map((item, index) => ({ ...item, n: index + 1 }));
      head = { id: uuidv7(), next: items.length + 1 };
    },
    close: () => {},
  };
}
