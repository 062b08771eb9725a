import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { uuidv7 } from '../client/ids.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { type RelayProcess, startRelayProcess } from '../testing/browser/relay-process.ts';
import { openOperator, until } from '../testing/clients.ts';
import { CROWD_ENV, gather, type Member, percentile } from './crowd.ts';

export interface SlowConsumers {
  sockets: number;
  /** What was sent to sockets that never read, in bytes. */
  offered: number;
  /** How much the relay's memory grew at most while it was offered, in MB; null where `/proc` is not to be had. */
  grownMb: number | null;
  /** Acknowledgements of the others, in milliseconds, without and with those sockets. */
  p99Alone: number;
  p99Beside: number;
  /** Times a slow socket was let go by the relay and came again. */
  comebacks: number;
}

const SITE = { key: 'demo' };
/** 8,000 characters of two bytes: the longest message there is. */
const LONG = 'ж'.repeat(8_000);
/** A socket that was closed for not reading cannot notice it: it comes again after so long. */
const COME_AGAIN_MS = 2_500;
const TALKERS = 20;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Memory of a process in MB, as Linux says it. */
function memoryOf(pid: number | undefined): number | null {
  try {
    const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb ? Number(kb) / 1024 : null;
  } catch {
    return null;
  }
}

/** A socket of this visitor that says hello and never reads again. */
function deafSocket(relay: RelayProcess, token: string): WebSocket {
  const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/api/visitor/socket?site=${SITE.key}`, {
    perMessageDeflate: false,
  });
  socket.on('error', () => {});
  socket.on('open', () => {
    const page = { url: 'https://lab.example/', title: '', referrer: '' };
    const outbox = { id: uuidv7(), next: 1 };
    const rest = { protocol: PROTOCOL, site: SITE.key, token, page, outbox, epoch: '', resume: [] };
    socket.send(JSON.stringify({ type: 'hello', role: 'visitor', ...rest }));
    (socket as unknown as { _socket: { pause(): void } })._socket.pause();
  });
  return socket;
}

/** Acknowledgement times of people who chat on while `work` goes. */
async function besides(talkers: readonly Member[], work: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let on = true;
  const sentAt = new Map<string, number>();
  const offs = talkers.map(({ session }) =>
    session.on('verdict', ({ command }) => times.push(performance.now() - (sentAt.get(command.id) ?? 0))),
  );
  const talking = talkers.map(async ({ session, chat }) => {
    while (on) {
      const began = performance.now();
      const { id } = await session.command({ type: 'message:send', conversation: chat, text: 'hello' });
      sentAt.set(id, began);
      await sleep(50 + Math.random() * 100);
    }
  });
  await work();
  on = false;
  await Promise.all(talking);
  for (const off of offs) off();
  return times;
}

/** Offers so many bytes to so many sockets that never read, while others chat. */
export async function slowConsumers(sockets: number, bytes: number): Promise<SlowConsumers> {
  const relay = await startRelayProcess(CROWD_ENV);
  const members = await gather({ url: relay.url, site: SITE }, TALKERS + 1);
  const [victim, ...talkers] = members as [Member, ...Member[]];
  const operator = await openOperator({ url: relay.url, site: SITE }, relay.owner);
  const deaf: { socket: WebSocket; since: number }[] = [];
  let comebacks = 0;
  try {
    await victim.session.command({ type: 'message:send', conversation: victim.chat, text: 'I do not read' });
    await until(() => victim.session.log(victim.chat)?.top === 1, 'the first message');
    victim.session.disconnect();
    const messages = Math.ceil(bytes / sockets / (LONG.length * 2));
    const offer = async () => {
      for (let sent = 0; sent < messages; sent++) {
        while (operator.session.outbox.pending.length > 16) await sleep(5);
        await operator.session.command({ type: 'message:send', conversation: victim.chat, text: LONG });
        await sleep(15);
      }
      await until(() => operator.session.outbox.pending.length === 0, 'all is sent', 60_000);
    };

    const alone = await besides(talkers, offer);
    const before = memoryOf(relay.pid);
    let highest = before ?? 0;
    for (let i = 0; i < sockets; i++) deaf.push({ socket: deafSocket(relay, victim.token), since: performance.now() });
    await sleep(1_000);
    const watch = setInterval(() => {
      highest = Math.max(highest, memoryOf(relay.pid) ?? 0);
      for (const one of deaf) {
        if (performance.now() - one.since < COME_AGAIN_MS * (1 + Math.random())) continue;
        one.socket.terminate();
        Object.assign(one, { socket: deafSocket(relay, victim.token), since: performance.now() });
        comebacks++;
      }
    }, 100);
    const beside = await besides(talkers, offer);
    clearInterval(watch);
    return {
      ...{ sockets, comebacks, offered: messages * sockets * LONG.length * 2 },
      grownMb: before === null ? null : Math.round(highest - before),
      p99Alone: Math.round(percentile(alone, 0.99) * 10) / 10,
      p99Beside: Math.round(percentile(beside, 0.99) * 10) / 10,
    };
  } finally {
    for (const { socket } of deaf) socket.terminate();
    operator.session.destroy();
    for (const { session } of members) session.destroy();
    await relay.kill();
    await relay.remove();
  }
}
