import { expect, test } from 'vitest';
import { checkOptions } from './options.ts';

test('takes what is documented', () => {
  const options = { site: 'shop', mode: 'dark', position: 'left', launcher: 'off', color: '#123456', consent: 'wait' };
  expect(checkOptions(options)).toEqual(options);
});

test.each([
  [{ positon: 'left' }, 'positon'],
  [{ mode: 'blue' }, 'light|dark|auto'],
  [{ site: 7 }, 'site cannot be 7'],
  [{ launcher: true }, 'on|off'],
])('refuses %o and says what was expected', (options, says) => {
  expect(() => checkOptions(options)).toThrow(expect.objectContaining({ code: 'bad-option' }));
  expect(() => checkOptions(options)).toThrow(says);
});
