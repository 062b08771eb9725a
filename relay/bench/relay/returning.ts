import { join } from 'node:path';
import { freePort } from '../../testing/browser/relay-process.ts';
import { makeTempDir } from '../../testing/temp-dir.ts';
import { round, sleep } from '../statistics.ts';
import { makeVisitor, many, message, type Target, visitorSocket } from './clients.ts';
import { startServer } from './server-process.ts';

const product = join(import.meta.dirname, 'product.ts');

/** One visitor who missed so many messages of their chat, and asks for all of them. */
export async function measureResume(missed: number): Promise<{ missed: number; ms: number; pages: number }> {
  const relay = await startServer<Target>([product]);
  const visitor = await makeVisitor(relay.said, 0);
  let acked = 0;
  const writer = await visitorSocket(relay.said, visitor, { ack: () => acked++ });
  for (let n = 1; n <= missed; n++) {
    writer.send(message(n, visitor.chat));
    while (n - acked >= 100) await sleep(1);
  }
  while (acked < missed) await sleep(5);
  writer.close();

  let pages = 0;
  let events = 0;
  let done = () => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  const begun = performance.now();
  const reader = await visitorSocket(
    relay.said,
    visitor,
    {
      any(payload) {
        if (!payload.toString('latin1', 0, 16).includes('replay')) return;
        const frame = JSON.parse(String(payload)) as { events: unknown[]; more: boolean };
        pages++;
        events += frame.events.length;
        if (!frame.more) done();
      },
      closed: (code) => {
        if (events < missed) throw new Error(`closed with ${code} after ${events} of ${missed}`);
      },
    },
    { resume: [{ conversation: visitor.chat, seq: 0 }] },
  );
  await all;
  const ms = performance.now() - begun;
  reader.close();
  await relay.stop();
  if (events !== missed) throw new Error(`${events} of ${missed} messages came`);
  return { missed, ms: round(ms, 0), pages };
}

/** So many clients come back in the same instant to a relay that was killed and started again. */
export async function measureHerd(clients: number): Promise<{ clients: number; ms: number; cpuMs: number }> {
  const { path, remove } = makeTempDir();
  const port = await freePort();
  const args = [product, '--data', path, '--port', String(port)];
  const first = await startServer<Target>(args);
  const known = await many(clients, 20, (n) => makeVisitor(first.said, n));
  for (const [n, visitor] of known.entries()) {
    if (n % 4 > 0) continue;
    const socket = await visitorSocket(first.said, visitor, {});
    socket.send(message(1, visitor.chat));
    socket.flush();
    await sleep(1);
    socket.close();
  }
  await first.stop('SIGKILL');
  const second = await startServer<Target>(args);
  const cpu = second.cpuSeconds();
  const begun = performance.now();
  const sockets = await many(clients, clients, (n) =>
    visitorSocket(
      second.said,
      known[n] as (typeof known)[number],
      {},
      { resume: [{ conversation: known[n]?.chat ?? '', seq: 0 }] },
    ),
  );
  const ms = performance.now() - begun;
  const cpuMs = (second.cpuSeconds() - cpu) * 1_000;
  for (const socket of sockets) socket.close();
  await second.stop();
  remove();
  return { clients, ms: round(ms, 0), cpuMs: round(cpuMs, 0) };
}
