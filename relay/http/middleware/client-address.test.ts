import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { cameSecurely, clientAddress } from './client-address.ts';

const request = (remoteAddress: string, forwarded?: string, proto?: string) =>
  ({
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded, 'x-forwarded-proto': proto },
  }) as unknown as IncomingMessage;

describe('[S15] the client’s address', () => {
  test.each<[string, string[], string, string | undefined, string]>([
    ['no proxy', [], '203.0.113.7', undefined, '203.0.113.7'],
    ['a header that anybody can write', [], '203.0.113.7', '1.2.3.4', '203.0.113.7'],
    ['a proxy that is not trusted', ['10.0.0.1'], '203.0.113.7', '1.2.3.4', '203.0.113.7'],
    ['a trusted proxy', ['10.0.0.1'], '10.0.0.1', '198.51.100.2', '198.51.100.2'],
    [
      'what the client itself wrote stays on the left',
      ['10.0.0.1'],
      '10.0.0.1',
      '6.6.6.6, 198.51.100.2',
      '198.51.100.2',
    ],
    ['two trusted proxies', ['10.0.0.0/8'], '10.0.0.1', '198.51.100.2, 10.9.9.9', '198.51.100.2'],
    ['only trusted hops: the left-most', ['10.0.0.0/8'], '10.0.0.1', '10.1.1.1, 10.2.2.2', '10.1.1.1'],
    ['a hop that is no address ends the way', ['10.0.0.1'], '10.0.0.1', '1.2.3.4, <script>', '10.0.0.1'],
    ['an empty header', ['10.0.0.1'], '10.0.0.1', '', '10.0.0.1'],
    ['v4 within v6', ['127.0.0.1'], '::ffff:127.0.0.1', '198.51.100.2', '198.51.100.2'],
    ['v6', ['::1'], '::1', '2001:db8::5', '2001:db8::5'],
    ['a v6 block', ['2001:db8:1::/48'], '2001:db8:1::9', '2001:db8::5', '2001:db8::5'],
  ])('%s', (_, trusted, peer, header, expected) => {
    expect(clientAddress(trusted)(request(peer, header))).toBe(expected);
  });

  test('https is believed of a trusted proxy alone', () => {
    expect(cameSecurely(['10.0.0.1'])(request('10.0.0.1', undefined, 'https'))).toBe(true);
    expect(cameSecurely(['10.0.0.1'])(request('203.0.113.7', undefined, 'https'))).toBe(false);
    expect(cameSecurely([])(request('10.0.0.1', undefined, 'https'))).toBe(false);
  });
});
