import { expect, test } from 'vitest';
import type { LogEvent } from '../../protocol/log-event.ts';
import { keepBlocks, toBlocks } from './grouping.ts';

const visitor = { kind: 'visitor' as const, id: 'v', name: '' };
const olga = { kind: 'operator' as const, id: 'o', name: 'Olga' };
const message = (seq: number, at: Date, author = visitor as LogEvent['author']): LogEvent => ({
  ...{ id: `${seq}`, conversation: 'c', seq, at: at.toISOString(), author },
  type: 'message',
  text: `${seq}`,
});
const at = (day: number, minute: number, second = 0) => new Date(2026, 0, day, 12, minute, second);
const shape = (events: LogEvent[]) =>
  toBlocks(events).map((block) => (block.kind === 'group' ? block.events.map(({ seq }) => seq).join('+') : block.kind));

test('messages of one author within a minute stand together', () => {
  expect(shape([message(1, at(1, 0, 1)), message(2, at(1, 0, 59)), message(3, at(1, 1, 0))])).toEqual([
    'day',
    '1+2',
    '3',
  ]);
});

test('another author begins a group', () => {
  expect(shape([message(1, at(1, 0)), message(2, at(1, 0), olga), message(3, at(1, 0))])).toEqual([
    'day',
    '1',
    '2',
    '3',
  ]);
});

test('a line stands before each day, also within a minute of midnight', () => {
  const late = new Date(2026, 0, 1, 23, 59, 59);
  const early = new Date(2026, 0, 2, 0, 0, 0);
  expect(shape([message(1, late), message(2, early)])).toEqual(['day', '1', 'day', '2']);
});

test('what happened to the conversation stands between groups', () => {
  const taken: LogEvent = {
    ...{ id: '2', conversation: 'c', seq: 2, at: at(1, 0).toISOString(), author: olga },
    type: 'assignment',
    to: { id: 'o', name: 'Olga' },
    from: null,
  };
  expect(shape([message(1, at(1, 0)), taken, message(3, at(1, 0))])).toEqual(['day', '1', 'system', '3']);
});

test('blocks stay the objects they were while their events do', () => {
  const first = [message(1, at(1, 0)), message(2, at(1, 1))];
  const before = toBlocks(first);
  const next = keepBlocks(toBlocks([...first, message(3, at(1, 1, 30))]), before);
  expect(next.map((block) => before.includes(block))).toEqual([true, true, false]);
  const edit: LogEvent = {
    ...{ id: '4', conversation: 'c', seq: 4, at: at(1, 5).toISOString(), author: olga },
    ...{ type: 'edit', message: 1, text: 'other' },
  };
  const edited = keepBlocks(toBlocks([...first, edit]), before);
  expect(edited.map((block) => before.includes(block))).toEqual([true, false, true]);
});
