import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempDir } from '../testing/temp-dir.ts';
import { keysOf, metricsTokens } from './keys.ts';
import { keepSecrets, secretsInForce } from './secret-file.ts';
import { secretFault, secretsOf } from './secret-rules.ts';

const one = 'q7Jx2mVt9LkPz4RwYb8NcHd3FgSa6EuT';
const other = 'Bn5vKe8XjW2sMq7RtZc4LpYh9UdGf3Ta';

describe('[S18] secrets that will not do', () => {
  test.each([
    ['secret', /too short: 32/],
    [one.slice(1), /too short/],
    ['', /too short/],
    ['changemechangemechangemechangeme', /placeholder/],
    ['please-change-this-secret-before-use', /placeholder/],
    ['my_secret_0123456789abcdefghijklmn', /placeholder/],
    ['Password0123456789abcdefghijklmnop', /placeholder/],
    ['0'.repeat(64), /few different/],
    ['abcabcabcabcabcabcabcabcabcabcabcabc', /few different/],
  ])('%s', (secret, says) => expect(secretFault(secret)).toMatch(says));

  test('what openssl and others make will do', () => {
    for (const secret of [
      one,
      'S8oMrmLlyKzBVY5iYXFpqQyYhFrg3vy6F5ZUQFPzWYg=',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
    ])
      expect(secretFault(secret)).toBeNull();
  });
});

test('a list has the newest first', () => {
  expect(secretsOf(` ${one} , ${other},`)).toEqual([one, other]);
  expect(secretsOf(`${one}\n${other}\n`)).toEqual([one, other]);
});

describe('the file', () => {
  test('is made once, for its owner alone, and read from then on', () => {
    const dir = join(tempDir(), 'a', 'b');
    const made = secretsInForce(undefined, dir);
    expect(made).toHaveLength(1);
    expect(secretFault(made[0] ?? '')).toBeNull();
    expect(secretsInForce(undefined, dir)).toEqual(made);
    expect(secretsInForce(undefined, tempDir())).not.toEqual(made);
    if (process.platform !== 'win32') expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['secret']);
  });

  test('is not touched when the setting gives the secret', () => {
    const dir = tempDir();
    expect(secretsInForce([one, other], dir)).toEqual([one, other]);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('is never replaced by another start', () => {
    const dir = tempDir();
    keepSecrets(dir, [one]);
    keepSecrets(dir, [other]);
    expect(readFileSync(join(dir, 'secret'), 'utf8')).toBe(`${one}\n`);
    expect(readdirSync(dir)).toEqual(['secret']);
  });

  test.each([
    ['', /is empty/],
    ['secret\n', /is too short/],
    [`${one}\n${'a'.repeat(40)}\n`, /few different/],
  ])('that holds «%s» is refused without being shown', (text, says) => {
    const dir = tempDir();
    writeFileSync(join(dir, 'secret'), text);
    expect(() => secretsInForce(undefined, dir)).toThrow(says);
    expect(() => secretsInForce(undefined, dir)).not.toThrow(one);
  });

  test.skipIf(process.getuid?.() === 0)('that cannot be kept is said', () => {
    const dir = tempDir();
    chmodSync(dir, 0o500);
    expect(() => secretsInForce(undefined, dir)).toThrow(/DATA_DIR/);
  });
});

describe('[S18] keys', () => {
  test('the first of a list signs, and those of the older secrets are good too', () => {
    const before = metricsTokens([one]);
    const during = metricsTokens([other, one]);
    expect(during).toHaveLength(2);
    expect(during[1]).toBe(before[0]);
    expect(metricsTokens([other])).toEqual([during[0]]);
  });

  test('are of their purpose and say nothing of the secret', () => {
    const [key] = keysOf([one], 'metrics');
    expect(key?.bytes).toHaveLength(32);
    expect(key?.id).toMatch(/^[0-9a-f]{8}$/);
    expect(key?.bytes.toString('hex')).toBe(keysOf([one], 'metrics')[0]?.bytes.toString('hex'));
    expect(key?.id).not.toBe(keysOf([other], 'metrics')[0]?.id);
  });
});
