/** A WebSocket frame as it lies on the line (RFC 6455, section 5.2). */
export interface WsFrame {
  /** All of its bytes, header included. */
  raw: Buffer;
  /** 1 text, 2 binary; 8 and above are control frames. */
  opcode: number;
  payloadAt: number;
  mask: Buffer | null;
}

/** Cuts the complete frames off the front of a buffer; what is not complete yet is `rest`. */
export function readFrames(buffer: Buffer): { frames: WsFrame[]; rest: Buffer } {
  const frames: WsFrame[] = [];
  let at = 0;
  for (;;) {
    const frame = frameAt(buffer, at);
    if (!frame) return { frames, rest: buffer.subarray(at) };
    frames.push(frame);
    at += frame.raw.length;
  }
}

function frameAt(buffer: Buffer, at: number): WsFrame | null {
  if (buffer.length < at + 2) return null;
  const [first, second] = [buffer[at] as number, buffer[at + 1] as number];
  const masked = (second & 0x80) !== 0;
  let length = second & 0x7f;
  let head = 2;
  if (length === 126) {
    if (buffer.length < at + 4) return null;
    length = buffer.readUInt16BE(at + 2);
    head = 4;
  } else if (length === 127) {
    if (buffer.length < at + 10) return null;
    length = Number(buffer.readBigUInt64BE(at + 2));
    head = 10;
  }
  const payloadAt = head + (masked ? 4 : 0);
  if (buffer.length < at + payloadAt + length) return null;
  const raw = buffer.subarray(at, at + payloadAt + length);
  return { raw, opcode: first & 0x0f, payloadAt, mask: masked ? raw.subarray(head, head + 4) : null };
}

/** What a frame says. */
export function payloadOf({ raw, payloadAt, mask }: WsFrame): Buffer {
  const payload = Buffer.from(raw.subarray(payloadAt));
  if (mask) for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] as number) ^ (mask[i % 4] as number);
  return payload;
}

/** A whole frame that carries only the first half of what the given one says, cut anywhere, also inside a character. */
export function halfOf(frame: WsFrame): Buffer {
  const payload = payloadOf(frame);
  const half = payload.subarray(0, payload.length >> 1);
  const size = half.length < 126 ? 2 : 4;
  const head = Buffer.alloc(size);
  head[0] = 0x80 | frame.opcode;
  head[1] = (frame.mask ? 0x80 : 0) | (half.length < 126 ? half.length : 126);
  if (size === 4) head.writeUInt16BE(half.length, 2);
  if (!frame.mask) return Buffer.concat([head, half]);
  const masked = Buffer.from(half);
  for (let i = 0; i < masked.length; i++) masked[i] = (masked[i] as number) ^ (frame.mask[i % 4] as number);
  return Buffer.concat([head, frame.mask, masked]);
}
