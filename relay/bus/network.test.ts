import { expect, test } from 'vitest';
import { network } from './network.ts';

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('[S8] %s counts as %s', (ip, counted) => {
  expect(network(ip)).toBe(counted);
});
