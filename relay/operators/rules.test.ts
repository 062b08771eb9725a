import { expect, test } from 'vitest';
import { type Known, mayActOn, type OperatorAction, toEmail } from './rules.ts';

const owner: Known = { id: 'o', role: 'owner', deleted: false };
const otherOwner: Known = { id: 'o2', role: 'owner', deleted: false };
const anna: Known = { id: 'a', role: 'operator', deleted: false };
const boris: Known = { id: 'b', role: 'operator', deleted: false };
const gone: Known = { id: 'g', role: 'operator', deleted: true };

test.each<[Known, OperatorAction, Known | undefined, boolean]>([
  [owner, 'create', undefined, true],
  [anna, 'create', undefined, false],
  [gone, 'create', undefined, false],
  [owner, 'rename', anna, true],
  [owner, 'rename', owner, true],
  [anna, 'rename', anna, true],
  [anna, 'rename', boris, false],
  [anna, 'rename', owner, false],
  [owner, 'rename', gone, false],
  [owner, 'set-password', anna, true],
  [owner, 'set-password', owner, false],
  [owner, 'set-password', otherOwner, false],
  [anna, 'set-password', anna, false],
  [anna, 'set-password', boris, false],
  [owner, 'set-password', gone, false],
  [owner, 'reset-second-factor', anna, true],
  [owner, 'reset-second-factor', owner, false],
  [owner, 'reset-second-factor', otherOwner, false],
  [anna, 'reset-second-factor', owner, false],
  [anna, 'reset-second-factor', anna, false],
  [anna, 'reset-second-factor', boris, false],
  [owner, 'reset-second-factor', gone, false],
  [owner, 'reset-second-factor', undefined, false],
  [gone, 'reset-second-factor', anna, false],
  [owner, 'delete', anna, true],
  [owner, 'delete', owner, false],
  [owner, 'delete', otherOwner, false],
  [anna, 'delete', anna, false],
  [anna, 'delete', boris, false],
  [owner, 'delete', gone, false],
  [owner, 'delete', undefined, false],
])('%o may %s %o: %s', (actor, action, target, may) => {
  expect(mayActOn(actor, action, target)).toBe(may);
});

test('an address is kept in one form', () => {
  expect(toEmail('  Anna@Shop.Example ')).toBe('anna@shop.example');
});
