import { expect, test } from 'vitest';
import { engineCode, isUniqueConflict, isUnwritable, translate } from './errors.ts';

const coded = (code: string) => Object.assign(new Error(code), { code });

test.each([
  'SQLITE_FULL',
  'SQLITE_READONLY',
  'SQLITE_READONLY_DBMOVED',
  'SQLITE_IOERR_WRITE',
  'SQLITE_BUSY',
  '53100',
  '57P01',
  '08006',
  '25006',
  'ECONNRESET',
])('%s is said as not-stored', (code) => {
  expect(isUnwritable(coded(code))).toBe(true);
  expect(translate(new Error('wrapped', { cause: coded(code) }))).toMatchObject({ code: 'not-stored' });
});

test.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR', '23505', '42601', '40P01'])('%s is not', (code) => {
  const error = coded(code);
  expect(isUnwritable(error)).toBe(false);
  expect(translate(error)).toBe(error);
});

test('a conflict is known by its code, also when wrapped', () => {
  expect(isUniqueConflict(new Error('wrapped', { cause: coded('23505') }))).toBe(true);
  expect(isUniqueConflict(coded('SQLITE_CONSTRAINT_PRIMARYKEY'))).toBe(true);
  expect(isUniqueConflict(new Error('other'))).toBe(false);
  expect(engineCode('no error')).toBe(null);
});
