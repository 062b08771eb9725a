import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { halfOf, readFrames, type WsFrame } from './ws-frames.ts';

/** What can happen to a line between a client and the relay. */
export const LINE_FAULTS = ['drop', 'duplicate', 'reorder', 'truncate', 'delay', 'half-open', 'reset'] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

/** Clients connect here; what they say goes on to the relay, unless a fault is due. */
export interface LineProxy {
  readonly port: number;
  /** Faults that have really happened. */
  readonly counts: Readonly<Record<LineFault, number>>;
  /** Faults that wait for the next frame of their line. */
  readonly due: number;
  /**
   * Has the next frame of a line damaged, of one chosen by `random`, whichever way it goes. On a line without frames
   * (HTTP, an event stream) what cannot be done to a piece of it cuts it instead.
   */
  inject(fault: LineFault): void;
  /** Takes back what is due and has not happened. */
  calm(): void;
  stop(): Promise<void>;
}

interface Line {
  due: LineFault | null;
  /** 0: from the client, 1: from the relay. */
  way: 0 | 1;
  /** Half-open: both ends believe in it, nothing goes through. */
  frozen: boolean;
  cut(): void;
}

/** A half-open line is found out by its ends; after so long the proxy lets go of what is left of it. */
const FROZEN_MS = 32_000;
const LONGEST_DELAY_MS = 1_500;
/** A line on which nothing goes for so long (a kept HTTP connection) gives its turn to another. */
const DUE_MS = 400;
/** The second of two frames that change places may never come. */
const SWAP_MS = 250;

/**
 * Starts a proxy on all of 127.0.0.0/8. A client that dials 127.0.1.7 reaches the relay from 127.0.1.7, so that limits
 * by address see as many addresses as there are clients. `relayPort` is asked at every connection.
 */
export async function startProxy(relayPort: () => number, random: () => number): Promise<LineProxy> {
  const counts = Object.fromEntries(LINE_FAULTS.map((fault) => [fault, 0])) as Record<LineFault, number>;
  const lines = new Set<Line>();

  const server: Server = createServer((client) => {
    const port = relayPort();
    client.on('error', () => {});
    if (port === 0) return client.resetAndDestroy();
    const relay = connect({ port, host: '127.0.0.1', localAddress: client.localAddress ?? '127.0.0.1' });
    relay.on('error', () => {});
    client.setNoDelay(true);
    relay.setNoDelay(true);
    const line: Line = {
      ...{ due: null, way: 0, frozen: false },
      cut() {
        client.resetAndDestroy();
        relay.resetAndDestroy();
      },
    };
    lines.add(line);
    const end = () => {
      if (line.frozen) return;
      lines.delete(line);
      client.destroy();
      relay.destroy();
    };
    client.on('close', end);
    relay.on('close', end);
    const happen = (fault: LineFault) => {
      counts[fault]++;
      line.due = null;
    };
    const freeze = () => {
      line.frozen = true;
      setTimeout(() => {
        lines.delete(line);
        line.cut();
      }, FROZEN_MS).unref();
    };
    carry(client, relay, 0, { line, happen, freeze, random });
    carry(relay, client, 1, { line, happen, freeze, random });
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    counts,
    get due() {
      return [...lines].filter(({ due, frozen }) => due && !frozen).length;
    },
    inject(fault) {
      const free = [...lines].filter(({ due, frozen }) => !due && !frozen);
      const line = free[Math.floor(random() * free.length)];
      const way = random() < 0.5 ? 0 : 1;
      if (!line) return;
      Object.assign(line, { due: fault, way });
      setTimeout(() => {
        line.due = null;
      }, DUE_MS).unref();
    },
    calm() {
      for (const line of lines) line.due = null;
    },
    async stop() {
      for (const line of lines) line.cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Carrying {
  line: Line;
  happen(fault: LineFault): void;
  freeze(): void;
  random(): number;
}

/** Carries one way of a line. */
function carry(from: Socket, to: Socket, way: 0 | 1, { line, happen, freeze, random }: Carrying): void {
  /** `head`: the first request or answer; then WebSocket frames, or anything else that HTTP carries. */
  let mode: 'head' | 'frames' | 'pieces' = 'head';
  let rest: Buffer = Buffer.alloc(0);
  let stalled = false;
  const held: Buffer[] = [];
  let swapped: Buffer | null = null;

  const out = (bytes: Buffer) => {
    if (line.frozen) return;
    if (stalled) held.push(bytes);
    else if (!to.destroyed) to.write(bytes);
  };
  const stall = () => {
    stalled = true;
    setTimeout(() => {
      stalled = false;
      for (const bytes of held.splice(0)) out(bytes);
    }, random() * LONGEST_DELAY_MS);
  };
  const unswap = () => {
    const late = swapped;
    swapped = null;
    if (late) out(late);
  };

  const damage = (bytes: Buffer, frame: WsFrame | null) => {
    const fault = line.due;
    if (!fault) return;
    happen(fault);
    if (fault === 'delay') {
      stall();
      return out(bytes);
    }
    if (fault === 'half-open') return freeze();
    if (fault === 'reset') return line.cut();
    if (frame && fault === 'drop') return;
    if (frame && fault === 'duplicate') {
      out(bytes);
      return out(bytes);
    }
    if (frame && fault === 'reorder') {
      swapped = bytes;
      setTimeout(unswap, SWAP_MS);
      return;
    }
    // A client cannot be sent half a frame by any relay; to it the line ends in the middle of one.
    if (frame && fault === 'truncate' && way === 0) return out(halfOf(frame));
    if (to.destroyed || stalled) return line.cut();
    to.write(bytes.subarray(0, bytes.length >> 1), () => line.cut());
    line.frozen = true;
  };
  const pass = (bytes: Buffer, frame: WsFrame | null) => {
    if (line.frozen) return;
    if (line.due && line.way === way && (frame === null || frame.opcode < 8)) return damage(bytes, frame);
    out(bytes);
    if (frame && frame.opcode < 8) unswap();
  };

  from.on('data', (data: Buffer) => {
    if (mode === 'pieces') return pass(data, null);
    rest = rest.length ? Buffer.concat([rest, data]) : data;
    if (mode === 'head') {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = rest.subarray(0, end + 4);
      const upgraded = /^upgrade: *websocket/im.test(head.toString('latin1'));
      mode = upgraded ? 'frames' : 'pieces';
      if (!upgraded) {
        pass(rest, null);
        return;
      }
      out(head);
      rest = rest.subarray(end + 4);
    }
    const read = readFrames(rest);
    rest = Buffer.from(read.rest);
    for (const frame of read.frames) pass(frame.raw, frame);
  });
}
