import { expect, test } from 'vitest';
import type { ClientFrame, RelayFrame, VisitorCommand } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import type { LogEvent } from '../protocol/log-event.ts';
import { uuidv7 } from './ids.ts';
import { memoryOutbox } from './memory-outbox.ts';
import { createSession } from './session.ts';
import { aloneTab } from './tabs.ts';
import type { Hello, WireEvents } from './wire.ts';

const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A session over a wire whose other end is this test. */
async function make() {
  const sent: ClientFrame[] = [];
  let relay: WireEvents | undefined;
  let hello: Hello | undefined;
  const session = createSession<VisitorCommand>({
    wires: [
      (said, events) => {
        hello = said;
        relay = events;
        return { send: (frame) => sent.push(frame), close: () => {} };
      },
    ],
    store: memoryOutbox<VisitorCommand>(),
    tabs: aloneTab,
    hello: (common) => common as unknown as Hello,
  });
  const give = (frame: Partial<RelayFrame>) => relay?.frame(frame as RelayFrame);
  const greet = async () => {
    session.connect();
    await tick();
    give({ type: 'welcome', epoch: 'e', next: 1 });
  };
  const follows = () => sent.filter((frame) => frame.type === 'follow').map(({ conversations }) => conversations);
  return { session, give, greet, follows, hello: () => hello };
}
const event = (conversation: string, seq: number) =>
  ({ id: `${seq}`, conversation, seq, type: 'message', text: `${seq}` }) as LogEvent;

test('[RS2] a gap in one conversation asks for it and goes on following the others', async () => {
  const { session, give, greet, follows } = await make();
  session.follow('a', 3);
  session.follow('b', 7);
  await greet();
  give({ type: 'event', event: event('a', 5) });
  expect(follows()).toEqual([
    [
      { conversation: 'a', seq: 3 },
      { conversation: 'b', seq: 7 },
    ],
  ]);
  give({ type: 'event', event: event('a', 6) });
  expect(follows()).toHaveLength(1);
  session.destroy();
});

test('[RS3] what was asked for and did not come is asked for again with the next heartbeat', async () => {
  const { session, give, greet, follows } = await make();
  session.follow('a', 3);
  await greet();
  give({ type: 'heartbeat', tops: { a: 5 } });
  give({ type: 'heartbeat', tops: { a: 5 } });
  expect(follows()).toHaveLength(2);
  give({ type: 'replay', conversation: 'a', events: [event('a', 4), event('a', 5)], top: 5, more: false });
  give({ type: 'heartbeat', tops: { a: 5 } });
  expect(follows()).toHaveLength(2);
  expect(session.log('a')?.top).toBe(5);
  session.destroy();
});

test('[HS3] a client of more conversations than a hello may name says the latest', async () => {
  const { session, greet, hello } = await make();
  const ids = Array.from({ length: LIMITS.followed + 1 }, () => uuidv7());
  for (const id of ids) session.follow(id, 1);
  await greet();
  expect(hello()?.resume.map(({ conversation }) => conversation)).toEqual(ids.slice(1));
  session.destroy();
});
