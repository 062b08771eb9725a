/** Baseline: what `ws` alone does with a frame, neither parsed nor stored: it goes back as it came. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import './end-with-parent.ts';

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data) => socket.send(data, { binary: false }));
});
server.on('listening', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
