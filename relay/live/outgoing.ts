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

  const soon = (outgoing: Outgoing) => {
    if (waiting.push(outgoing) === 1) setImmediate(flushAll);
  };
  return (stream) => new StreamOutgoing(stream, soon);
}

/** Frames that wait, and the bytes of each. */
interface Queued {
  payloads: (string | Buffer)[];
  sizes: number[];
}

/** A class, since every socket has one: what idles keeps no functions and no lists of its own. */
class StreamOutgoing implements Outgoing {
  readonly #stream: Duplex;
  readonly #soon: (outgoing: Outgoing) => void;
  #queued: Queued | null = null;
  #bytes = 0;

  constructor(stream: Duplex, soon: (outgoing: Outgoing) => void) {
    this.#stream = stream;
    this.#soon = soon;
  }

  push(payload: string | Buffer): void {
    if (this.#queued === null) {
      this.#queued = { payloads: [], sizes: [] };
      this.#soon(this);
    }
    const size = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
    this.#queued.payloads.push(payload);
    this.#queued.sizes.push(size);
    this.#bytes += size + MOST_HEAD;
  }

  owed(): number {
    return this.#bytes + this.#stream.writableLength;
  }

  flush(): void {
    if (this.#queued === null) return;
    const { payloads, sizes } = this.#queued;
    const buffer = Buffer.allocUnsafe(this.#bytes);
    this.#queued = null;
    this.#bytes = 0;
    if (!this.#stream.writable) return;
    let at = 0;
    for (let i = 0; i < payloads.length; i++)
      at = writeFrame(buffer, at, payloads[i] as string | Buffer, sizes[i] as number);
    this.#stream.write(buffer.subarray(0, at));
  }
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
