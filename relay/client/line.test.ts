import { expect, test } from 'vitest';
import type { RelayFrame } from '../protocol/frames.ts';
import { createLine } from './line.ts';
import type { Hello, OpenWire, WireEvents } from './wire.ts';

/** A line of two ways whose other ends are this test; waits are over at once. */
function make() {
  const tried: string[] = [];
  let relay: WireEvents | undefined;
  const way =
    (name: string): OpenWire =>
    (_, events) => {
      tried.push(name);
      relay = events;
      return { send: () => {}, close: () => {} };
    };
  const line = createLine({
    wires: [way('socket'), way('stream')],
    hello: async () => ({}) as Hello,
    onFrame: () => {},
    onState: () => {},
    random: () => 0,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 10));
  return {
    ...{ line, tried },
    welcome: () => relay?.frame({ type: 'welcome' } as RelayFrame),
    async connect() {
      line.connect();
      await settle();
    },
    async lose(times: number) {
      for (let left = times; left > 0; left--) {
        relay?.closed(1006);
        await settle();
      }
    },
  };
}

test('[HS6] a way that never worked gives way to the other at once', async () => {
  const { line, tried, connect, lose } = make();
  await connect();
  await lose(2);
  expect(tried).toEqual(['socket', 'stream', 'socket']);
  line.disconnect();
});

test('[HS6] a way that worked is tried three times more: whoever is away, it is the relay', async () => {
  const { line, tried, connect, lose, welcome } = make();
  await connect();
  await lose(1);
  welcome();
  await lose(1);
  expect(tried.splice(0)).toEqual(['socket', 'stream', 'stream']);
  await lose(4);
  expect(tried.splice(0)).toEqual(['stream', 'stream', 'socket', 'stream']);
  welcome();
  await lose(3);
  expect(tried).toEqual(['stream', 'stream', 'stream']);
  line.disconnect();
});
