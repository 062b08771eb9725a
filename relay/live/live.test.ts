import { expect, test } from 'vitest';
import { z } from 'zod';
import { inProcessBus } from '../bus/in-process-bus.ts';
import type { LiveSession } from '../bus/role.ts';
import { createLive } from './live.ts';

/** A role whose welcome waits until it is let go on, and then begins to listen and to be here. */
function slowRole() {
  const bus = inProcessBus();
  const live = createLive({
    bus,
    now: () => 0,
    onError: (error) => {
      throw error;
    },
  });
  const here = new Set<LiveSession>();
  let letGo = () => {};
  const role = live.role<null, { type: 'hello' }, never, never, null>({
    schemas: {
      hello: z.object({ type: z.literal('hello') }),
      command: z.never(),
      sign: z.never(),
      commandTypes: new Set(),
      signTypes: new Set(),
    },
    enter: async () => null,
    async welcome(session) {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      live.hub.join(session, 'news');
      here.add(session);
    },
    command: async () => {
      throw new Error('there are no commands');
    },
    refuse: async () => {
      throw new Error('there are no commands');
    },
    sign: () => {},
    heartbeat: () => ({ tops: {} }),
    gone: (session) => void here.delete(session),
  });
  const sent: string[] = [];
  const connection = { send: (payload: string) => void sent.push(payload), close: () => {}, owed: () => 0 };
  const line = role.accept(connection, null);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { live, bus, here, sent, line, turn, letGo: () => letGo() };
}

test('[OS1] a session that ends in the middle of its welcome leaves nothing behind', async () => {
  const { live, bus, here, sent, line, turn, letGo } = slowRole();
  line.receive('{"type":"hello"}');
  await turn();
  line.gone();
  letGo();
  await turn();
  expect(here.size).toBe(0);
  bus.publish('news', '{}');
  expect(sent).toEqual([]);
  live.stop();
});

test('[HS4] what happens during the welcome follows it', async () => {
  const { live, bus, here, sent, line, turn, letGo } = slowRole();
  line.receive('{"type":"hello"}');
  await turn();
  letGo();
  await turn();
  bus.publish('news', '{"type":"event"}');
  expect([here.size, sent]).toEqual([1, ['{"type":"event"}']]);
  line.gone();
  expect(here.size).toBe(0);
  live.stop();
});
