import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/**
 * What a client's journal says, line by line, each a JSON object. `c` is a conversation, `t` an event's or command's
 * type, `x` a text (of events its first word, which no other message has).
 */
export type JournalLine =
  /** A message is about to be handed to the outbox. */
  | { k: 'want'; c: string; x: string }
  /** The outbox has it. `may`: the relay may refuse it by its rules. */
  | { k: 'sent'; id: string; n: number; c: string; t: string; x?: string; may?: true }
  /** Verdicts as they came over the wire, repeated ones too. */
  | { k: 'ack'; id: string; c: string; s: number }
  | { k: 'reject'; id: string; code: string }
  /** An event as it came over the wire. */
  | { k: 'got'; c: string; s: number; id: string; t: string }
  /** An event that was added to what the page shows. */
  | { k: 'show'; c: string; s: number; id: string; t: string; x?: string }
  /** The page was opened anew, or dropped what it showed: it shows nothing yet. */
  | { k: 'page' }
  | { k: 'resync' }
  /** At the end: what the page shows of a conversation, as pairs of number and id; and what waits in the outbox. */
  | { k: 'list'; c: string; all: [number, string][] }
  | { k: 'end'; pending: number };

/** An append-only file. A line survives the process that wrote it at once, and the machine after at most `SYNC_MS`. */
export interface Journal {
  write(line: JournalLine): void;
  close(): void;
}

/** 100,000 messages make a million lines; a sync for each would be the laboratory's limit. */
const SYNC_MS = 50;

export function openJournal(path: string): Journal {
  const file = openSync(path, 'a');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const sync = () =>
    fdatasync(file, () => {
      waiting = undefined;
    });
  return {
    write(line) {
      writeSync(file, `${JSON.stringify(line)}\n`);
      waiting ??= setTimeout(sync, SYNC_MS);
    },
    close() {
      clearTimeout(waiting);
      fdatasyncSync(file);
      closeSync(file);
    },
  };
}
