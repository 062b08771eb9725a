import { expect, test } from 'vitest';
import { checkPassword, hashPassword, verifyPassword } from './passwords.ts';

test('[S7] a password is known by its hash alone, which is of Argon2id at the stated cost and never the same', async () => {
  const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(first).not.toBe(second);
  expect(await verifyPassword('correct horse', first)).toBe(true);
  expect(await verifyPassword('Correct horse', first)).toBe(false);
  expect(await verifyPassword('correct horse', null)).toBe(false);
  expect(await verifyPassword('correct horse', 'nonsense')).toBe(false);
});

test('[S7] the same letters typed on another keyboard are the same password', async () => {
  expect(await verifyPassword('кра\u0438\u0306-край', await hashPassword('кра\u0439-край'))).toBe(true);
});

test('[S7] 8 to 256 bytes', async () => {
  for (const good of ['drum-7xk', 'ё'.repeat(128), ' '.repeat(8)]) await checkPassword(good, []);
  for (const bad of ['1234567', 'ёёё', 'ё'.repeat(129)])
    await expect(checkPassword(bad, [])).rejects.toThrow('8 to 256');
});

test('[S7] not one of those that are tried first, in whatever case', async () => {
  for (const bad of ['password', 'PassWord1', '12345678', 'qwertyuiop', 'iloveyou', 'trustno1', 'sunshine'])
    await expect(checkPassword(bad, [])).rejects.toMatchObject({
      code: 'bad-field',
      message: expect.stringContaining('tried first'),
    });
  for (const good of ['a long password', 'correct horse', 'тихий лист у воды']) await checkPassword(good, []);
});

test('[S7] not made of what anybody knows of whom it is for', async () => {
  const known = ['Ольга Чайкина', 'olga@quiet-leaf.example', 'Quiet Leaf', 'demo'];
  for (const bad of [
    'quietleaf',
    'QuietLeaf2026',
    'Olga12345',
    'frontdesk!',
    'Fr0ntdesk1',
    '0lg@olga',
    'чайкина-1',
    'Quiet-Leaf-1',
  ])
    await expect(checkPassword(bad, known), bad).rejects.toMatchObject({
      message: expect.stringContaining('names that are known'),
    });
  for (const good of ['quiet horses graze', 'olga and a violet drum', 'frontdesk-xk29fjw'])
    await checkPassword(good, known);
});

test('[S7] more guesses at once than can be hashed are told to slow down', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 110 }, () => verifyPassword('x', '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$dGFn')),
  );
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ reason: { code: 'slow-down' } });
});
