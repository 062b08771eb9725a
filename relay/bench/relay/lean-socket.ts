import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * A WebSocket client that costs next to nothing: frames of one tick leave in one write, and what comes is handed over as
 * bytes. With `ws` on both ends the driver, not the relay, would be measured.
 */
export interface LeanSocket {
  /** Queues one text frame; `flush` (or the end of the tick) sends it. */
  send(text: string): void;
  flush(): void;
  close(): void;
}

export interface LeanOptions {
  port: number;
  path: string;
  headers?: Record<string, string>;
  /** The address of this machine it comes from, so that limits by address see many clients. */
  from?: string;
  /** Each text frame, as bytes that are valid during the call only. */
  onText(payload: Buffer): void;
  onClose?(code: number): void;
}

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** A client's text frame, masked as the standard asks. */
function frame(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const head = size < 126 ? 2 : size < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(head + 4 + size);
  bytes[0] = 0x81;
  if (head === 2) bytes[1] = 0x80 | size;
  else if (head === 4) {
    bytes[1] = 0x80 | 126;
    bytes.writeUInt16BE(size, 2);
  } else {
    bytes[1] = 0x80 | 127;
    bytes.writeBigUInt64BE(BigInt(size), 2);
  }
  MASK.copy(bytes, head);
  bytes.write(text, head + 4);
  for (let at = 0; at < size; at++) bytes[head + 4 + at] = (bytes[head + 4 + at] as number) ^ (MASK[at & 3] as number);
  return bytes;
}

/** Connects and upgrades. Rejects with the status line when the server refuses. */
export function leanSocket(options: LeanOptions): Promise<LeanSocket> {
  const { port, path, headers = {}, from = '127.0.0.1', onText, onClose } = options;
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', localAddress: from });
    socket.setNoDelay(true);
    let waiting: Buffer[] = [];
    let queued = false;
    let code = 1006;
    const flush = () => {
      queued = false;
      if (waiting.length === 0) return;
      socket.write(waiting.length === 1 ? (waiting[0] as Buffer) : Buffer.concat(waiting));
      waiting = [];
    };
    const lean: LeanSocket = {
      send(text) {
        waiting.push(frame(text));
        if (queued) return;
        queued = true;
        setImmediate(flush);
      },
      flush,
      close: () => socket.destroy(),
    };
    let rest: Buffer = Buffer.alloc(0);
    let upgraded = false;

    const read = (chunk: Buffer) => {
      let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      if (!upgraded) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) {
          rest = bytes;
          return;
        }
        const status = bytes.toString('latin1', 0, bytes.indexOf('\r\n'));
        if (!status.includes(' 101 ')) {
          reject(new Error(`${status} ${bytes.toString('utf8', end + 4)}`));
          socket.destroy();
          return;
        }
        upgraded = true;
        bytes = bytes.subarray(end + 4);
        resolve(lean);
      }
      let at = 0;
      while (bytes.length - at >= 2) {
        const kind = (bytes[at] as number) & 0x0f;
        let size = (bytes[at + 1] as number) & 0x7f;
        let head = 2;
        if (size === 126) {
          if (bytes.length - at < 4) break;
          size = bytes.readUInt16BE(at + 2);
          head = 4;
        } else if (size === 127) {
          if (bytes.length - at < 10) break;
          size = Number(bytes.readBigUInt64BE(at + 2));
          head = 10;
        }
        if (bytes.length - at < head + size) break;
        const payload = bytes.subarray(at + head, at + head + size);
        at += head + size;
        if (kind === 1) onText(payload);
        else if (kind === 9) socket.write(Buffer.from([0x8a, 0x80, ...MASK]));
        else if (kind === 8) {
          code = size >= 2 ? payload.readUInt16BE(0) : 1005;
          socket.end();
        }
      }
      rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : Buffer.alloc(0);
    };

    socket.on('connect', () => {
      const lines = [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'Sec-WebSocket-Version: 13',
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ];
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
    socket.on('data', read);
    socket.on('error', (error) => reject(error));
    socket.on('close', () => {
      reject(new Error('closed before the upgrade'));
      onClose?.(code);
    });
  });
}
