import { expect, test } from 'vitest';
import type { LogEvent } from '../protocol/log-event.ts';
import { revised } from './revised.ts';

const author = { kind: 'operator', id: null, name: 'Anna' } as const;
const head = (seq: number) => ({
  id: `id-${seq}`,
  conversation: 'c',
  seq,
  at: `2026-01-01T00:00:0${seq}.000Z`,
  author,
});
const message = (seq: number, text: string): LogEvent => ({ ...head(seq), type: 'message', text });
const edit = (seq: number, of: number, text: string | null): LogEvent => ({
  ...head(seq),
  type: 'edit',
  message: of,
  text,
});
const deletion = (seq: number, of: number): LogEvent => ({ ...head(seq), type: 'deletion', message: of });

test.each<[string, LogEvent[], object[]]>([
  ['nothing changed', [message(1, 'a')], [{ text: 'a' }]],
  [
    'an edit',
    [message(1, 'a'), message(2, 'b'), edit(3, 1, 'A')],
    [{ text: 'A', edited: { at: head(3).at } }, { text: 'b' }],
  ],
  ['the last of two edits', [message(1, 'a'), edit(2, 1, null), edit(3, 1, 'B')], [{ text: 'B', edited: {} }]],
  ['an edit whose successor is still missing', [message(1, 'a'), edit(2, 1, null)], [{ text: 'a' }]],
  [
    'a deletion after an edit',
    [message(1, 'a'), edit(2, 1, 'B'), deletion(3, 1)],
    [{ text: '', deleted: { at: head(3).at } }],
  ],
  ['a change of a message that is not here', [edit(7, 1, 'B'), message(8, 'x')], [{ text: 'x' }]],
])('[ED2] %s', (_, events, shown) => {
  const made = revised(events);
  expect(made).toHaveLength(shown.length);
  expect(made).toMatchObject(shown);
});

test('[ED2] what no event changes is the same object', () => {
  const one = message(1, 'a');
  expect(revised([one])[0]).toBe(one);
});

test('[QU2] what is quoted follows its message', () => {
  const line = { author: 'operator', name: 'Anna', text: 'a' } as const;
  const quote: LogEvent = { ...head(2), type: 'message', text: 'b', quote: { message: 1, line } };
  expect(revised([message(1, 'a'), quote, edit(3, 1, 'A')])[1]).toMatchObject({ quote: { line: { text: 'A' } } });
  expect(revised([quote, deletion(3, 1)])[0]).toMatchObject({ quote: { line: { text: '', deleted: true } } });
  expect(revised([quote, deletion(3, 2)])[0]).not.toHaveProperty('quote');
});
