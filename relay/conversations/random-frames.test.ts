import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { uuidv7 } from '../client/ids.ts';
import { askSession, signIn, until } from '../testing/clients.ts';
import { freshDatabase } from '../testing/postgres.ts';
import { greetVisitor, operatorHello, type RawSocket, rawSocket, visitorHello } from '../testing/raw-socket.ts';
import { startTestRelay } from '../testing/relay.ts';
import { expectWholeStore } from '../testing/whole-store.ts';

const TYPES = [
  ...['hello', 'message:send', 'form:submit', 'typing', 'mark', 'pong', 'follow', 'page', 'invitation', 'status'],
  'tab',
  ...['conversation:take', 'conversation:assign', 'conversation:return', 'conversation:close', 'conversation:reopen'],
];

/** Frames that are right in part: known types and ids among values of every kind. */
function frames(chat: string, operator: string) {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const or = <T>(right: fc.Arbitrary<T>) =>
    fc.oneof({ arbitrary: right as fc.Arbitrary<unknown>, weight: 4 }, { arbitrary: anything, weight: 1 });
  const id = or(fc.oneof(fc.constant(chat), fc.constant(operator), fc.uuid()));
  const count = or(fc.oneof(fc.nat(30), fc.constantFrom(2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e300, -1)));
  const words = or(fc.string({ unit: 'binary', maxLength: 60 }));
  const page = or(fc.record({ url: words, title: words, referrer: words }));
  const frame = fc.record(
    {
      ...{ type: or(fc.constantFrom(...TYPES)), id, n: count, conversation: id, text: words, trigger: id },
      ...{ on: or(fc.boolean()), delivered: count, read: count, operator: id, page, locale: words },
      conversations: or(fc.array(fc.record({ conversation: id, seq: count }), { maxLength: 3 })),
      outcome: or(fc.constantFrom('shown', 'accepted', 'dismissed')),
      status: or(fc.constantFrom('online', 'away', 'offline')),
      ...{ name: words, email: or(fc.emailAddress()), subject: words, message: words },
      fields: or(fc.dictionary(fc.string(), fc.oneof(words, fc.array(words), fc.boolean()))),
    },
    { requiredKeys: ['type'] },
  );
  return fc.oneof(
    { arbitrary: frame.map((value) => JSON.stringify(value)), weight: 8 },
    { arbitrary: fc.json(), weight: 1 },
    { arbitrary: fc.string({ unit: 'binary' }), weight: 1 },
  );
}

test.each([
  ['visitor', 'SQLite', 300],
  ['operator', 'SQLite', 300],
  ['visitor', 'Postgres', 150],
] as const)(
  '[FR1] [FR2] whatever frames come from a %s, the relay over %s answers, stores nothing by halves and goes on',
  async (role, engine, numRuns) => {
    const database = engine === 'Postgres' ? await freshDatabase() : undefined;
    const relay = await startTestRelay({ databaseUrl: database?.url });
    onTestFinished(async () => {
      await relay.stop();
      await database?.drop();
    });
    const cookie = await signIn(relay, relay.owner);
    const reply = await askSession(relay);
    const hello = role === 'visitor' ? visitorHello(reply.token ?? '') : operatorHello();
    let socket: RawSocket | undefined;
    const failures: unknown[] = [];
    const open = async () => {
      const fresh =
        role === 'visitor'
          ? await rawSocket(`${relay.url}/api/visitor/socket?site=shop`)
          : await rawSocket(`${relay.url}/api/v1/socket`, { cookie });
      fresh.send({ ...hello, outbox: { id: uuidv7(), next: 1 } });
      await fresh.heard('welcome');
      return fresh;
    };
    await fc.assert(
      fc.asyncProperty(frames(reply.conversation.id, relay.owner.id), async (raw) => {
        if (!socket || socket.code !== null) socket = await open();
        const line = socket;
        const from = line.frames.length;
        line.sendRaw(raw);
        // A second hello is always answered, and in order: what came before it was read.
        line.send(hello);
        await until(
          () =>
            line.code !== null ||
            line.frames.slice(from).some((frame) => frame.type === 'error' && /said already/.test(frame.message)),
          'an answer',
          5_000,
        );
        expect([null, 4000]).toContain(line.code);
        for (const frame of line.frames.slice(from))
          if ('code' in frame && frame.code === 'internal') failures.push({ raw, frame });
      }),
      { numRuns, seed: 20_260_901, endOnFailure: true },
    );
    // A sign's failure may come a moment after the answer to the next frame.
    for (const frame of socket?.frames ?? []) if ('code' in frame && frame.code === 'internal') failures.push(frame);
    expect(failures).toEqual([]);
    socket?.close();

    const { socket: next, chat } = await greetVisitor(relay);
    next.send({ type: 'message:send', id: uuidv7(), n: 1, conversation: chat, text: 'still there?' });
    expect(await next.heard('ack')).toMatchObject({ n: 1, seq: 1 });
    next.close();
    await expectWholeStore(relay.store);
  },
  60_000,
);
