import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSuspicious, makeChallenge, type Proof, readProof } from './proof-rules.ts';

const KEY = Buffer.alloc(32, 1);
const about = { siteId: 'site', deviceId: 'device', now: 1_800_000_000_000 };

function solved(challenge: string): Proof {
  const signature = challenge.split('.').at(-1);
  for (let nonce = 0; ; nonce++)
    if (createHash('sha256').update(`${signature}:${nonce}`).digest().readUInt32BE() < 2 ** 16)
      return { challenge, nonce: `${nonce}` };
}

test.each([
  [{}, false],
  [{ trap: '', shownMs: 2_000 }, false],
  [{ trap: 'http://pills.example' }, true],
  [{ shownMs: 1_999 }, true],
  [{ trap: '', shownMs: 0 }, true],
])('[FO3] %j is suspicious: %s', (signs, suspicious) => {
  expect(isSuspicious(signs)).toBe(suspicious);
});

describe('[FO4] a proof is good for its device, its site and ten minutes', () => {
  const challenge = makeChallenge(KEY, about);
  const proof = solved(challenge);
  const [id = '', until = '', bits = '', signature = ''] = challenge.split('.');
  test.each<[string, Partial<typeof about>, Proof, boolean]>([
    ['as it was asked', {}, proof, true],
    ['in the last moment', { now: about.now + 599_999 }, proof, true],
    ['too late', { now: about.now + 600_000 }, proof, false],
    ['on another site', { siteId: 'other' }, proof, false],
    ['by another device', { deviceId: 'other' }, proof, false],
    ['not solved', {}, { challenge, nonce: 'x' }, false],
    ['a challenge made easier', {}, { ...proof, challenge: [id, until, '1', signature].join('.') }, false],
    ['a challenge made longer', {}, { ...proof, challenge: [id, `${+until + 1}`, bits, signature].join('.') }, false],
    ['another id', {}, { ...proof, challenge: ['a'.repeat(12), until, bits, signature].join('.') }, false],
    ['no challenge', {}, { challenge: '', nonce: '' }, false],
    ['a challenge of a stranger’s key', {}, solved(makeChallenge(Buffer.alloc(32, 2), about)), false],
  ])('%s', (_, change, given, good) => {
    expect(readProof([KEY], { ...about, ...change }, given) !== null).toBe(good);
  });

  test('the key before is believed, too', () => {
    expect(readProof([Buffer.alloc(32, 3), KEY], about, proof)?.id).toBe(id);
    expect(readProof([], about, proof)).toBeNull();
  });
});
