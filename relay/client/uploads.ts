import type { ErrorCode, WireError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { AttachedFile } from '../protocol/log-event.ts';

/** A file on its way to the relay, or there and not sent yet. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** From 0 to 1. */
  progress: number;
  /** `ready`: it can go with a message. */
  state: 'sending' | 'ready' | 'failed';
  /** Why it failed; `offline`: it may be tried again. */
  code?: ErrorCode | 'offline';
  /** What was chosen; not there after a reload. */
  file?: File;
  attached?: AttachedFile;
}

/** What somebody attaches to one message or form, uploaded while they write. */
export interface Uploads {
  readonly items: readonly Upload[];
  /** Nothing is on its way and nothing has failed. */
  readonly settled: boolean;
  /** Begins at once; those above the limits of number and size stand as failed. */
  add(files: readonly File[]): void;
  /** Gives up one that is on its way, or takes it out. */
  remove(key: number): void;
  retry(key: number): void;
  /** What is ready, which then is another's to send. */
  take(): AttachedFile[];
}

export interface UploadsOptions {
  /** The route that takes a file of this name as its body. */
  address(name: string): string;
  headers: Record<string, string>;
  /** Ends with who made the list. */
  over?: AbortSignal;
  /** Uploads of an earlier page that were not sent. */
  kept: readonly AttachedFile[];
  /** After each change, with what is ready, to be kept over a reload. */
  changed(ready: readonly AttachedFile[]): void;
}

/** Makes the list of one composer. */
export function createUploads({ address, headers, over, kept, changed }: UploadsOptions): Uploads {
  const requests = new Map<number, XMLHttpRequest>();
  let last = 0;
  let items: Upload[] = kept.map((attached) => {
    const { name, size } = attached;
    return { key: ++last, name, size, progress: 1, state: 'ready', attached };
  });
  const tell = () => changed(items.flatMap(({ attached }) => attached ?? []));
  const fail = (item: Upload, code: Upload['code']) => {
    Object.assign(item, { state: 'failed', code });
    requests.delete(item.key);
    tell();
  };
  const begin = (item: Upload) => {
    const { file } = item;
    if (!file) return;
    Object.assign(item, { state: 'sending', progress: 0 });
    // fetch() does not say how far an upload is.
    const request = new XMLHttpRequest();
    requests.set(item.key, request);
    request.open('POST', address(file.name));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => {
      item.progress = loaded / (total || 1);
      tell();
    };
    request.onerror = () => fail(item, 'offline');
    request.onload = () => {
      if (request.status !== 200) {
        const { code = 'internal', retryAfterMs }: Partial<WireError> = request.response?.error ?? {};
        // Whoever asks for patience gets it; pressing the button is not needed then.
        if (retryAfterMs) setTimeout(() => over?.aborted || again(item), retryAfterMs);
        return fail(item, code);
      }
      Object.assign(item, { state: 'ready', progress: 1, attached: request.response });
      requests.delete(item.key);
      return tell();
    };
    request.send(file);
  };
  const again = (item: Upload) => {
    if (item.state !== 'failed' || !items.includes(item)) return;
    begin(item);
    tell();
  };
  return {
    get items() {
      return items;
    },
    get settled() {
      return items.every(({ state }) => state === 'ready');
    },
    add(files) {
      for (const file of files) {
        const item: Upload = { key: ++last, name: file.name, size: file.size, progress: 0, state: 'sending', file };
        items = [...items, item];
        if (items.length > LIMITS.files) fail(item, 'too-long');
        else if (file.size > LIMITS.fileBytes) fail(item, 'too-big');
        else begin(item);
      }
      tell();
    },
    remove(key) {
      requests.get(key)?.abort();
      requests.delete(key);
      items = items.filter((item) => item.key !== key);
      tell();
    },
    retry(key) {
      const item = items.find((one) => one.key === key);
      if (item) again(item);
    },
    take() {
      const taken = items.flatMap(({ attached }) => attached ?? []);
      items = [];
      tell();
      return taken;
    },
  };
}
