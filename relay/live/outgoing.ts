import type { Duplex } from 'node:stream';

/** First byte of an unfragmented text frame. */
const TEXT = 0x81;
/** Bytes of the largest head of a frame. */
const MOST_HEAD = 10;

/** What is to be sent over one WebSocket in this tick. */
export interface Outgoing {
  /** Queues one text frame, of a string or of its bytes. */
  push(payload: string | Buffer): void;
  /** Bytes that are queued here or wait in the stream. */
  owed(): number;
  /** Hands what is queued to the stream now. */
  flush(): void;
}

/**
 * Gathers the frames that a tick sends over each socket and writes them as one buffer. A commit answers hundreds of
 * commands at once; a system call and two stream writes for each of their frames cost more than all else about them.
 * Frames are written whole and in order, without compression, so that `ws` may send its own (ping, close) between.
 */
export function createOutgoings(): (stream: Duplex) => Outgoing {
  let waiting: Outgoing[] = [];
  const flushAll = () => {
    const all = waiting;
    waiting = [];
    for (const one of all) one.flush();
  };

  return (stream) => {
    let payloads: (string | Buffer)[] = [];
    let sizes: number[] = [];
    let bytes = 0;
    const outgoing: Outgoing = {
      push(payload) {
        if (payloads.length === 0 && waiting.push(outgoing) === 1) setImmediate(flushAll);
        const size = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
        payloads.push(payload);
        sizes.push(size);
        bytes += size + MOST_HEAD;
      },
      owed: () => bytes + stream.writableLength,
      flush() {
        if (payloads.length === 0) return;
        const [all, each, most] = [payloads, sizes, bytes];
        payloads = [];
        sizes = [];
        bytes = 0;
        if (!stream.writable) return;
        const buffer = Buffer.allocUnsafe(most);
        let at = 0;
        for (let i = 0; i < all.length; i++) at = writeFrame(buffer, at, all[i] as string | Buffer, each[i] as number);
        stream.write(buffer.subarray(0, at));
      },
    };
    return outgoing;
  };
}

/** Writes one frame and gives the place after it. */
function writeFrame(buffer: Buffer, start: number, payload: string | Buffer, size: number): number {
  let at = start;
  buffer[at++] = TEXT;
  if (size < 126) buffer[at++] = size;
  else if (size < 65_536) {
    buffer[at++] = 126;
    at = buffer.writeUInt16BE(size, at);
  } else {
    buffer[at++] = 127;
    at = buffer.writeBigUInt64BE(BigInt(size), at);
  }
  if (typeof payload === 'string') buffer.write(payload, at);
  else payload.copy(buffer, at);
  return at + size;
}
