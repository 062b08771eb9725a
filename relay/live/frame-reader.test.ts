import { describe, expect, test } from 'vitest';
import { operatorCommand, operatorHello, operatorSign } from '../protocol/frames.ts';
import { LIMITS } from '../protocol/limits.ts';
import { readFrame } from './frame-reader.ts';

const schemas = {
  hello: operatorHello,
  command: operatorCommand,
  sign: operatorSign,
  commandTypes: new Set(['message:send', 'conversation:take']),
  signTypes: new Set(['typing', 'mark', 'pong', 'follow', 'status']),
};
const id = '01900000-0000-7000-8000-000000000001';
const said = (raw: string) => {
  const reading = readFrame(schemas, raw);
  return 'error' in reading ? `${reading.kind} ${reading.error.code}` : reading.kind;
};

describe('[FR1] [FR2] what a frame turns out to be', () => {
  test.each<[string, unknown, string]>([
    ['a command', { type: 'message:send', id, n: 1, conversation: id, text: 'x' }, 'command'],
    ['a sign', { type: 'pong' }, 'sign'],
    [
      // Files may go with it: whether there are any is the handler's to see.
      'an empty text',
      { type: 'message:send', id, n: 1, conversation: id, text: '  ' },
      'command',
    ],
    [
      'a long text keeps its number',
      { type: 'message:send', id, n: 1, conversation: id, text: 'x'.repeat(LIMITS.messageChars + 1) },
      'refused too-long',
    ],
    [
      'a command without its conversation keeps its number',
      { type: 'conversation:take', id, n: 2 },
      'refused bad-frame',
    ],
    [
      'a command without a number cannot be refused by it',
      { type: 'message:send', id, conversation: id, text: 'x' },
      'bad bad-frame',
    ],
    ['a number of 0', { type: 'conversation:take', id, n: 0, conversation: id }, 'bad bad-frame'],
    ['an unknown type', { type: 'message:burn', id, n: 1 }, 'bad unknown-frame'],
    ['no type', {}, 'bad unknown-frame'],
    ['a type that cannot be made a text', { type: { toString: 1, valueOf: 1 } }, 'bad unknown-frame'],
    ['a type that would be made the right text', { type: ['pong'] }, 'bad unknown-frame'],
    ['a list', [], 'bad unknown-frame'],
    ['a null', null, 'bad unknown-frame'],
    ['a hello of another shape', { type: 'hello' }, 'bad bad-frame'],
    ['a visitor’s sign', { type: 'page', page: { url: '', title: '' } }, 'bad unknown-frame'],
  ])('%s', (_, frame, expected) => {
    expect(said(JSON.stringify(frame))).toBe(expected);
  });

  test.each(['', '{', 'undefined', '\u0000', '[1,', '"x"', '7'])('«%s» is no frame', (raw) => {
    expect(said(raw)).toMatch(/^bad (bad-frame|unknown-frame)$/);
  });
});
