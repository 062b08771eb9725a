import { describe, expect, test } from 'vitest';
import { keysOf } from './keys.ts';
import { sealOf } from './seal.ts';

const [older, newer] = ['q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT', 'Bn5vKe8XjW2sMq7RtZc4LpYh9UdGf3Ta'];
const seal = (...secrets: string[]) => sealOf(keysOf(secrets, 'second-factor'));
const plain = Buffer.from('the secret of a phone');

describe('[S18] what is sealed', () => {
  test('opens for its owner, differs each time, and shows nothing', () => {
    const closed = seal(older).close(plain, 'anna');
    expect(seal(older).open(closed, 'anna')).toEqual(plain);
    expect(seal(older).close(plain, 'anna')).not.toBe(closed);
    expect(closed).not.toContain(plain.toString('base64url'));
  });

  test('opens under an older secret of the list, which is not the fresh one', () => {
    const closed = seal(older).close(plain, 'anna');
    const both = seal(newer, older);
    expect(both.open(closed, 'anna')).toEqual(plain);
    expect([both.isFresh(closed), both.isFresh(both.close(plain, 'anna'))]).toEqual([false, true]);
    expect(seal(newer).open(closed, 'anna')).toBeNull();
  });

  const closed = seal(older).close(plain, 'anna');
  const [id = '', nonce = '', body = ''] = closed.split('.');
  const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  test.each([
    ['another owner’s', closed, 'boris'],
    ['changed in its text', [id, nonce, flipped(body)].join('.'), 'anna'],
    ['changed in its nonce', [id, flipped(nonce), body].join('.'), 'anna'],
    ['of an unknown key', ['00000000', nonce, body].join('.'), 'anna'],
    ['cut short', [id, nonce, body.slice(0, 12)].join('.'), 'anna'],
    ['without its nonce', [id, '', body].join('.'), 'anna'],
    ['empty', '', 'anna'],
  ])('%s does not open', (_, text, owner) => expect(seal(older).open(text, owner)).toBeNull());
});
