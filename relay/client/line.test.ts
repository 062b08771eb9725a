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
    async connect() {
      line.connect();
      await settle();
    },
    welcome: () => relay?.frame({ type: 'welcome' } as RelayFrame),
    async lose(times: number) {
      for (let left = times; left > 0; left--) {
        relay?.closed(1006);
        await settle();
      }
    },
  };
}

test('a way that never worked gives way to the other at once', async () => {
  const { line, tried, connect, lose } = make();
  await connect();
  await lose(2);
  expect(tried).toEqual(['socket', 'stream', 'socket']);
  line.disconnect();
});

test('[HS6] a way that has worked is tried again while a relay starts anew, and given up when it stays shut', async () => {
  const { line, tried, connect, welcome, lose } = make();
  await connect();
  welcome();
  await lose(5);
  expect(tried).toEqual(['socket', 'socket', 'socket', 'socket', 'socket', 'socket']);
  await lose(1);
  expect(tried.at(-1)).toBe('stream');
  welcome();
  await lose(2);
  expect(tried.slice(-2)).toEqual(['stream', 'stream']);
  line.disconnect();
});
