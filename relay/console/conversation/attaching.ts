import { type ReadonlySignal, signal } from '@preact/signals';
import { createFileAddresses } from '../../client/file-addresses.ts';
import { createUploads, type Upload } from '../../client/uploads.ts';
import type { AttachedFile } from '../../protocol/log-event.ts';
import type { Desk } from '../desk/desk.ts';

/** What an operator attaches in one conversation, and where files of its messages are read. */
export interface Attaching {
  readonly items: ReadonlySignal<readonly Upload[]>;
  /** Nothing is on its way and nothing has failed. */
  readonly settled: ReadonlySignal<boolean>;
  add(files: readonly File[]): void;
  remove(key: number): void;
  retry(key: number): void;
  take(): AttachedFile[];
  /** The address of a file; null while it is asked for. Read while drawing: what comes draws again. */
  addressOf(id: string): string | null;
}

export function createAttaching(desk: Desk, conversation: string): Attaching {
  const { storage, api } = desk;
  const name = `files:${desk.site}:${desk.me.id}:${conversation}`;
  const items = signal<readonly Upload[]>([]);
  const settled = signal(true);
  const turn = signal(0);
  const uploads = createUploads({
    address: (file) => `/api/v1/sites/${encodeURIComponent(desk.site)}/uploads?name=${encodeURIComponent(file)}`,
    headers: {},
    kept: JSON.parse(storage.get(name) ?? '[]') as AttachedFile[],
    changed(ready) {
      if (ready.length > 0) storage.set(name, JSON.stringify(ready));
      else storage.remove(name);
      show();
    },
  });
  // Each one anew, so that what changed in it is seen.
  const show = () => {
    items.value = uploads.items.map((item) => ({ ...item }));
    settled.value = uploads.settled;
  };
  show();
  const addresses = createFileAddresses(
    async (files) =>
      (await api.send<{ addresses: Record<string, string> }>('POST', '/uploads/addresses', { files })).addresses,
    () => {
      turn.value++;
    },
  );
  return {
    items,
    settled,
    add: uploads.add,
    remove: uploads.remove,
    retry: uploads.retry,
    take: uploads.take,
    addressOf: (id) => (turn.value >= 0 ? addresses.of(id) : null),
  };
}
