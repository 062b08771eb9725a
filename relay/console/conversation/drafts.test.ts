import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { memoryOutbox } from '../../client/memory-outbox.ts';
import { createSession } from '../../client/session.ts';
import { aloneTab } from '../../client/tabs.ts';
import type { OperatorCommand } from '../../protocol/frames.ts';
import type { Desk } from '../desk/desk.ts';
import { deviceStorage } from '../storage.ts';
import { createConversation } from './conversation-model.ts';

/** A desk without a line: what is sent waits in its outbox. */
function lonelyDesk(storage = deviceStorage('test:')) {
  const pending = signal<readonly OperatorCommand[]>([]);
  const session = createSession<OperatorCommand>({
    wires: [],
    store: memoryOutbox(),
    tabs: aloneTab,
    hello: () => {
      throw new Error('there is nobody to greet');
    },
  });
  session.on('pending', (commands) => {
    pending.value = commands;
  });
  const desk = {
    ...{ session, storage, pending, site: 'shop', me: { id: 'me', name: 'Me' } },
    order: async (draft: Parameters<Desk['order']>[0]) => {
      await session.command(draft);
      return new Promise(() => {});
    },
  } as unknown as Desk;
  return { desk, open: (id: string) => createConversation(desk, id, null, () => {}) };
}
const kept = () => new Promise((resolve) => setTimeout(resolve, 5));

test('each conversation has a draft of its own, which is there again later', () => {
  const storage = deviceStorage('test:');
  const { open } = lonelyDesk(storage);
  open('a').write('half a sen');
  open('b').write('something else');
  const again = lonelyDesk(storage);
  expect(again.open('a').draft.value).toBe('half a sen');
  expect(again.open('b').draft.value).toBe('something else');
  expect(again.open('c').draft.value).toBe('');
});

test('what is sent is no draft any more and waits as unsent', async () => {
  const storage = deviceStorage('test:');
  const { open } = lonelyDesk(storage);
  const model = open('a');
  model.write('  Good morning ');
  model.send();
  await kept();
  expect(model.draft.value).toBe('');
  expect(lonelyDesk(storage).open('a').draft.value).toBe('');
  expect(model.unsent.value).toMatchObject([{ text: 'Good morning', state: 'sending' }]);
});

test('nothing and too much are not sent, and the draft stays', async () => {
  const { open } = lonelyDesk();
  const model = open('a');
  model.write('   ');
  model.send();
  model.write('x'.repeat(8_001));
  model.send();
  await kept();
  expect(model.unsent.value).toEqual([]);
  expect(model.draft.value).toHaveLength(8_001);
});

test('a refused message stays, can be sent again or removed', async () => {
  const { open, desk } = lonelyDesk();
  const model = open('a');
  const refuse = async (text: string) => {
    model.write(text);
    model.send();
    await kept();
    const command = desk.session.outbox.pending.at(-1);
    if (!command) throw new Error('nothing was sent');
    const head = { id: command.id, n: command.n, message: '' };
    desk.session.outbox.receive({ type: 'reject', code: 'too-long', ...head });
    model.settle(command, { type: 'reject', code: 'too-long', ...head });
    return command.id;
  };
  const first = await refuse('first');
  const second = await refuse('second');
  expect(model.unsent.value).toMatchObject([
    { id: first, state: 'failed', code: 'too-long' },
    { id: second, state: 'failed' },
  ]);
  model.removeFailed(first);
  model.retry(second);
  await kept();
  expect(model.unsent.value).toMatchObject([{ text: 'second', state: 'sending' }]);
});
