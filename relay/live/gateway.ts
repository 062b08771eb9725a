import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeCode } from '../protocol/close-codes.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { Connection } from './connection.ts';
import { createOutgoings, type Outgoing } from './outgoing.ts';

/** What a path does with an upgraded socket: `pass` proves the right to it before the upgrade, `accept` takes it over. */
export interface GatewayPath<Pass> {
  pass(request: IncomingMessage): Promise<Pass>;
  accept(connection: Connection, pass: Pass): { receive(raw: string): void; gone(): void };
}

/**
 * So much of a frame is read at all. A frame between the protocol's limit and this one ends with the code that tells a
 * client not to come back with it; beyond it `ws` ends the socket by itself, with 1009.
 */
const HARD_LIMIT_BYTES = 4 * LIMITS.frameBytes;

/**
 * The stream has no other listener until the upgrade is done; a reset then must not end the process. One function for
 * all: a stream keeps its listeners as long as it lives, and one made for it would keep its whole request.
 */
function destroyed(this: Duplex): void {
  this.destroy();
}

const refuse = (stream: Duplex, error: FrontdeskError) => {
  const body = JSON.stringify({ error: error.toWire() });
  const { retryAfterMs } = error.detail;
  const later = retryAfterMs === undefined ? '' : `retry-after: ${Math.ceil(retryAfterMs / 1_000)}\r\n`;
  stream.end(
    `HTTP/1.1 ${error.status} Refused\r\nconnection: close\r\n${later}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};

/** Hooks WebSocket paths onto a listening server. Returns a function that lets go of it again. */
export function attachGateway(
  server: Server,
  paths: ReadonlyMap<string, GatewayPath<unknown>>,
  asError: (error: unknown) => FrontdeskError,
): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: HARD_LIMIT_BYTES, perMessageDeflate: false });
  const outgoingOf = createOutgoings();

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', destroyed);
    const path = paths.get((request.url ?? '').split('?')[0] as string);
    if (!path) return refuse(stream, new FrontdeskError('not-found', 'There is no socket here.'));
    path.pass(request).then(
      (pass) => {
        if (stream.destroyed) return;
        sockets.handleUpgrade(request, stream, head, (socket) => take(socket, outgoingOf(stream), path, pass));
      },
      (error) => refuse(stream, asError(error)),
    );
  };
  server.on('upgrade', onUpgrade);
  return () => {
    server.off('upgrade', onUpgrade);
    for (const socket of sockets.clients) socket.terminate();
  };
}

function take(socket: WebSocket, outgoing: Outgoing, path: GatewayPath<unknown>, pass: unknown): void {
  const connection: Connection = {
    send: (payload) => outgoing.push(payload),
    close: (name) => {
      outgoing.flush();
      socket.close(closeCode(name), name);
      // Who does not read does not answer the closing handshake either.
      setTimeout(() => socket.terminate(), 2_000).unref();
    },
    owed: () => outgoing.owed(),
    ping: () => socket.ping(),
  };
  const session = path.accept(connection, pass);
  socket.on('message', (data, isBinary) => {
    // What is no text is read as an empty one: told that it is not JSON, and counted [FR1].
    if ((data as Buffer).length <= LIMITS.frameBytes) return session.receive(isBinary ? '' : String(data));
    connection.close('too-big');
    session.gone();
  });
  // `close` follows every error.
  socket.on('error', () => {});
  socket.on('close', () => session.gone());
}
