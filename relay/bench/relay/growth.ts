import { join } from 'node:path';
import { startTestRelay } from '../../testing/relay.ts';
import { makeTempDir } from '../../testing/temp-dir.ts';
import { seedStore } from '../seed-store.ts';
import { round } from '../statistics.ts';
import { signIn, type Target } from './clients.ts';
import { type Latency, latencyOf, paceRelay } from './latency.ts';
import { startServer } from './server-process.ts';

/** What the same work takes on a store with so many messages. */
interface Aged {
  messages: number;
  chat: Latency;
  list: Latency;
  openConversation: Latency;
}

async function measureAged(conversations: number): Promise<Aged> {
  const { path, remove } = makeTempDir();
  const made = await startTestRelay({ dataDir: path });
  await made.stop();
  const ids = await seedStore(path, made.site.id, made.owner.id, conversations);
  const relay = await startServer<Target>([join(import.meta.dirname, 'product.ts'), '--data', path]);
  const cookie = await signIn(relay.said);
  const ask = async (where: string) => {
    const begun = performance.now();
    const answer = await fetch(`http://127.0.0.1:${relay.said.port}/api/v1/sites/${relay.said.site}${where}`, {
      headers: { cookie },
    });
    if (!answer.ok) throw new Error(`${where}: ${answer.status}`);
    await answer.text();
    return performance.now() - begun;
  };
  const times = async (count: number, where: (n: number) => string) => {
    const all: number[] = [];
    for (let n = 0; n < count + 20; n++) all.push(await ask(where(n)));
    return latencyOf(all.slice(20));
  };
  const list = await times(100, (n) => `/conversations?view=${n % 2 ? 'all' : 'closed'}&limit=50`);
  const openConversation = await times(200, (n) => `/conversations/${ids[(n * 7_919) % ids.length]}/events?limit=50`);
  const chat = latencyOf(await paceRelay(relay.said, 500, 4));
  await relay.stop();
  remove();
  return { messages: conversations * 10, chat, list, openConversation };
}

/** The same work on a young store and on a grown one. */
export async function measureGrowth(conversations: readonly [young: number, grown: number]) {
  const [young, grown] = [await measureAged(conversations[0]), await measureAged(conversations[1])];
  const times = (what: 'chat' | 'list' | 'openConversation') => round(grown[what].p50 / young[what].p50);
  return { young, grown, ratio: { chat: times('chat'), list: times('list'), open: times('openConversation') } };
}
