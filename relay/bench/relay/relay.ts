import { median, round } from '../statistics.ts';
import { measureGrowth } from './growth.ts';
import { measureCrowd, measureIdleMemory } from './idle.ts';
import { measureLatency } from './latency.ts';
import { measurePresence } from './presence.ts';
import { measureHerd, measureResume } from './returning.ts';
import { measureStartUp } from './start-up.ts';
import { CONTENDERS, type Measured } from './throughput.ts';

/** Rounds of everything that is compared, one after the other in each, so that noise meets all alike. */
const ROUNDS = 3;

/** The relay beside its limits; each part prints its own table. */
export async function benchRelay(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = { throughput: await throughput() };
  const part = async (name: string, title: string, measure: () => Promise<object>) => {
    const result = await measure();
    console.log(`\n${title}`);
    console.dir(result, { depth: 4 });
    found[name] = result;
  };
  await part('latency', 'Visitor to operator at 2,000 messages a second, ms (goal: p99 at most 2 × bare)', async () => {
    const measured = await measureLatency(2_000);
    return { ...measured, ratio: round(measured.relay.p99 / measured.bare.p99) };
  });
  await part('idleMemory', 'Memory of an idle visitor socket beside ws, KB (goal: 2 ×)', () =>
    measureIdleMemory(5_000),
  );
  await part('crowd', 'Idle sockets held by one process (goal: 600 MB, p99 at most doubled, stalls under 10 ms)', () =>
    measureCrowd(19_500),
  );
  await part('resume', 'Resume of 10,000 missed messages (goal: 3 s)', () => measureResume(10_000));
  await part('herd', '2,000 clients back at once after a kill (goal: 5 s)', () => measureHerd(2_000));
  await part('startUp', 'Ready after a kill (goal: 300 ms p99), and idle memory (goal: 120 MB)', () =>
    measureStartUp(20),
  );
  await part('growth', 'The same work on 10,000 and on 1,000,000 messages, ms (goal: within 1.5 ×)', () =>
    measureGrowth([1_000, 100_000]),
  );
  await part('presence', 'Page changes of 2,000 visitors, 5,000 a second (goal: shown within 2 s)', () =>
    measurePresence(2_000, 5_000),
  );
  return found;
}

async function throughput() {
  const rounds: Record<string, Measured[]> = {};
  for (let at = 0; at < ROUNDS; at++)
    for (const [name, run] of Object.entries(CONTENDERS)) rounds[name] = [...(rounds[name] ?? []), await run()];

  const perSecond = (name: string) => median((rounds[name] ?? []).map((one) => one.perSecond));
  const over = (name: string, base: string) => round(perSecond(name) / perSecond(base), 3);
  console.log('Messages answered a second at saturation: 100 connections, 16 on the way each; medians');
  console.table(
    Object.fromEntries(
      Object.entries(rounds).map(([name, runs]) => [
        name,
        {
          'messages/s': perSecond(name),
          'server µs/message': median(runs.map((one) => one.serverMicros)),
          'driver µs/message': median(runs.map((one) => one.driverMicros)),
          '÷ ws echo': over(name, 'ws echo'),
        },
      ]),
    ),
  );
  const ratios = {
    'relay ÷ ws echo (goal 0.25)': over('relay', 'ws echo'),
    'relay ÷ socket.io echo (goal 0.45)': over('relay', 'socket.io echo'),
    'relay ÷ one commit each (goal 2.5)': over('relay', 'relay, one commit each'),
    'relay ÷ bare group commit': over('relay', 'bare group commit'),
  };
  console.table(ratios);
  return { ratios, rounds };
}
