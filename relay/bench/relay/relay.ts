import { CONTENDERS, type Measured } from './throughput.ts';

/** Rounds of everything that is compared, one after the other in each, so that noise meets all alike. */
const ROUNDS = 3;

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The relay beside its limits: throughput against raw `ws`, socket.io, a bare group commit and its own single commits. */
export async function benchRelay(): Promise<Record<string, unknown>> {
  const rounds: Record<string, Measured[]> = {};
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, run] of Object.entries(CONTENDERS)) rounds[name] = [...(rounds[name] ?? []), await run()];

  const perSecond = (name: string) => median((rounds[name] ?? []).map((one) => one.perSecond));
  const throughput = Object.fromEntries(
    Object.entries(rounds).map(([name, runs]) => [
      name,
      {
        'messages/s': perSecond(name),
        'server µs/message': median(runs.map((one) => one.serverMicros)),
        'driver µs/message': median(runs.map((one) => one.driverMicros)),
        '÷ ws echo': ratio(perSecond(name), perSecond('ws echo')),
      },
    ]),
  );
  console.log('Messages answered a second at saturation: 100 connections, 16 on the way each');
  console.table(throughput);
  const ratios = {
    'relay ÷ ws echo (goal 0.25)': ratio(perSecond('relay'), perSecond('ws echo')),
    'relay ÷ socket.io echo (goal 0.45)': ratio(perSecond('relay'), perSecond('socket.io echo')),
    'relay ÷ one commit each (goal 2.5)': ratio(perSecond('relay'), perSecond('relay, one commit each')),
    'relay ÷ bare group commit': ratio(perSecond('relay'), perSecond('bare group commit')),
  };
  console.table(ratios);
  return { throughput, ratios, rounds };
}

const ratio = (value: number, base: number) => Math.round((value / base) * 1_000) / 1_000;
