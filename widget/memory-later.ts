import type { OutboxStore } from '../relay/client/outbox-store.ts';
import type { Command } from '../relay/protocol/index.ts';

/** The outbox in memory, fetched only where IndexedDB is blocked; the build puts it in place of the client's own import. */
export async function memoryOutbox<C extends Command>(): Promise<OutboxStore<C>> {
  return (await import('../relay/client/memory-outbox.ts')).memoryOutbox();
}
