/**
 * Baseline: the least a relay can be that keeps its word. A frame is parsed, stored under a unique id together with all
 * others of its tick (WAL, synchronous=FULL), acknowledged, and handed to whoever follows. No rights, no order of
 * commands, no lists, no limits.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type WebSocket, WebSocketServer } from 'ws';
import './end-with-parent.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bare-'));
const db = new Database(join(folder, 'bare.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(
  'create table events (conversation text, seq integer, id text, text text, primary key (conversation, seq)); create unique index ids on events (id)',
);
const insert = db.prepare('insert into events values (?, ?, ?, ?) on conflict (id) do nothing');
const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];

const tops = new Map<string, number>();
const followers = new Map<string, Set<WebSocket>>();
let waiting: {
  socket: WebSocket;
  frame: { type: string; id: string; n: number; conversation: string; text: string };
}[] = [];

function flush(): void {
  const taken = waiting;
  waiting = [];
  const seqs: number[] = [];
  begin.run();
  for (const { frame } of taken) {
    const seq = (tops.get(frame.conversation) ?? 0) + 1;
    if (insert.run(frame.conversation, seq, frame.id, frame.text).changes > 0) tops.set(frame.conversation, seq);
    seqs.push(seq);
  }
  commit.run();
  for (const [at, { socket, frame }] of taken.entries()) {
    const seq = seqs[at];
    socket.send(JSON.stringify({ type: 'ack', id: frame.id, n: frame.n, conversation: frame.conversation, seq }));
    const event = JSON.stringify({ type: 'event', event: { ...frame, seq } });
    for (const follower of followers.get(frame.conversation) ?? []) follower.send(event);
  }
}

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data));
    if (frame.type === 'message:send') {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ socket, frame });
      return;
    }
    for (const { conversation } of frame.conversations) {
      const set = followers.get(conversation) ?? new Set();
      set.add(socket);
      followers.set(conversation, set);
    }
    socket.send(JSON.stringify({ type: 'welcome' }));
  });
});
server.on('listening', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
process.on('SIGTERM', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
