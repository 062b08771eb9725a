import { expect, test } from 'vitest';
import { inProcessPresence } from '../bus/in-process-presence.ts';
import { testClock } from '../testing/clock.ts';
import { createOperatorsHere, type OperatorHere } from './presence.ts';

function setUp() {
  const clock = testClock();
  const gone: string[] = [];
  const here = createOperatorsHere({
    presence: inProcessPresence<OperatorHere>(0),
    clock,
    graceMs: () => 30_000,
    onGone: (_site, operator) => gone.push(operator),
  });
  const online = () => here.online('shop').map(({ id }) => id);
  const socket = () => {
    const at = { heard: clock.now() };
    const left = here.arrive('shop', 'anna', { name: 'Anna', status: 'online' }, () => at.heard);
    return { left, pong: () => Object.assign(at, { heard: clock.now() }) };
  };
  return { clock, here, gone, online, socket };
}

test('[AV2] an operator is here for the grace after the last sign of life, with an open socket or without', () => {
  const { clock, here, gone, online, socket } = setUp();
  const first = socket();
  clock.advance(30_000);
  here.look();
  expect(online()).toEqual(['anna']);
  first.pong();
  first.left();
  clock.advance(30_000);
  here.look();
  expect(online()).toEqual(['anna']);
  clock.advance(1);
  here.look();
  expect([online(), gone]).toEqual([[], ['anna']]);
});

test('[AV2] a silent line counts as gone while it is still open, and as here again when it speaks', () => {
  const { clock, here, gone, online, socket } = setUp();
  const line = socket();
  clock.advance(31_000);
  here.look();
  expect(online()).toEqual([]);
  line.pong();
  here.look();
  expect([online(), gone]).toEqual([['anna'], ['anna']]);
});

test('[AV2] of two sockets the one that lives counts', () => {
  const { clock, here, online, socket } = setUp();
  const [one, two] = [socket(), socket()];
  one.left();
  clock.advance(20_000);
  two.pong();
  clock.advance(20_000);
  here.look();
  expect(online()).toEqual(['anna']);
});

test('[AV2] who signs out is gone at once, unless another window is signed in', () => {
  const { here, gone, online, socket } = setUp();
  const [one, two] = [socket(), socket()];
  one.left();
  here.leave('shop', 'anna');
  expect(online()).toEqual(['anna']);
  two.left();
  here.leave('shop', 'anna');
  expect([online(), gone]).toEqual([[], ['anna']]);
});

test('[AV2] only who says to be online can take a chat', () => {
  const { here, online, socket } = setUp();
  socket();
  here.setStatus('shop', 'anna', 'away');
  expect(online()).toEqual([]);
  expect(here.statuses('shop')).toEqual({ anna: 'away' });
});
