import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeChallenge, readProof } from '../../relay/conversations/proof-rules.ts';
import { firstWord, solve } from './puzzle.ts';

test.each(['', 'a', 'abc', 'x'.repeat(55), `${'A-_z'.repeat(11)}:1234567`.slice(0, 55)])(
  'the first word of the hash of «%s» is that of SHA-256',
  (text) => {
    expect(firstWord(text)).toBe(createHash('sha256').update(text).digest().readUInt32BE());
  },
);

test('what is solved here proves it to the relay', async () => {
  const key = Buffer.alloc(32, 7);
  const about = { siteId: 's', deviceId: 'd', now: 1_000_000_000_000 };
  const challenge = makeChallenge(key, about);
  const nonce = await solve(challenge, new AbortController().signal);
  expect(readProof([key], about, { challenge, nonce })).toMatchObject({ until: about.now + 600_000 });
});
