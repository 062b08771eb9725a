import { createHmac, createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeToken } from '../testing/identity.ts';
import { type IdentityKey, readIdentityToken } from './identity-token.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const seconds = NOW / 1_000;
const secret = randomBytes(32).toString('base64url');
const other = randomBytes(32).toString('base64url');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const keys: IdentityKey[] = [
  { kid: 'old', algorithm: 'HS256', key: createSecretKey(Buffer.from(other)) },
  { kid: 'now', algorithm: 'HS256', key: createSecretKey(Buffer.from(secret)) },
  { kid: 'ec', algorithm: 'ES256', key: ec.publicKey },
  { kid: 'ed', algorithm: 'EdDSA', key: ed.publicKey },
];
const header = { alg: 'HS256', kid: 'now', typ: 'JWT' };
const claims = { aud: 'shop', sub: 'customer-7', jti: 'one', exp: seconds + 600, iat: seconds };
const read = (token: string) => readIdentityToken(token, { site: 'shop', keys, now: NOW });
const good = makeToken(header, claims, secret);
const [head = '', body = '', tail = ''] = good.split('.');
const encoded = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const signed = (data: string) => `${data}.${createHmac('sha256', secret).update(data).digest('base64url')}`;
const pem = ec.publicKey.export({ type: 'spki', format: 'pem' }).toString();

test.each<[string, string]>([
  ['a secret', good],
  ['another key of the site, while both are in force', makeToken({ ...header, kid: 'old' }, claims, other)],
  ['ES256', makeToken({ alg: 'ES256', kid: 'ec' }, claims, ec.privateKey)],
  ['EdDSA', makeToken({ alg: 'EdDSA', kid: 'ed', typ: 'jwt' }, claims, ed.privateKey)],
  ['an audience of one', makeToken(header, { ...claims, aud: ['shop'] }, secret)],
  ['clocks a minute apart: it ended', makeToken(header, { ...claims, exp: seconds - 59 }, secret)],
  ['clocks a minute apart: it begins', makeToken(header, { ...claims, nbf: seconds + 59, iat: seconds + 59 }, secret)],
  ['an hour', makeToken(header, { ...claims, exp: seconds + 3_600 }, secret)],
  ['claims of no concern', makeToken(header, { ...claims, iss: 'me', roles: ['x'] }, secret)],
])('[S3] [ID1] good: %s', (_, token) => {
  expect(read(token)).toMatchObject({ sub: 'customer-7', jti: 'one' });
});

test('[S3] [ID2] what it says of the person and signs', () => {
  const said = {
    name: 'Ада',
    email: 'ada@example.com',
    phone: '+7 900',
    attributes: { plan: 'gold', age: 36, vip: true },
  };
  expect(read(makeToken(header, { ...claims, ...said }, secret))).toMatchObject(said);
});

const without = (name: keyof typeof claims) => {
  const { [name]: _, ...rest } = claims;
  return makeToken(header, rest, secret);
};
const withClaims = (more: object) => makeToken(header, { ...claims, ...more }, secret);
const withHeader = (more: object) => makeToken({ ...header, ...more }, claims, secret);

const BAD: [string, string][] = [
  ['nothing', ''],
  ['two parts', `${head}.${body}`],
  ['four parts', `${good}.${tail}`],
  ['five parts, as an encrypted one has', `${head}.${body}.${tail}.${tail}.${tail}`],
  ['an empty signature', `${head}.${body}.`],
  ['an empty header', `.${body}.${tail}`],
  ['spaces around', ` ${good} `],
  ['base64 with padding', signed(`${head}=.${body}`)],
  ['base64 of the other alphabet', `${head}.${body}.${Buffer.from(tail, 'base64url').toString('base64')}`],
  [
    'bits beside the last byte of the signature',
    good.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
  ],
  ['a header that is no JSON', signed(`${encoded('{')}.${body}`)],
  ['claims that are no JSON', signed(`${head}.${encoded('sub')}`)],
  ['claims that are a list', signed(`${head}.${encoded([claims])}`)],
  [
    'claims that are not UTF-8',
    signed(`${head}.${Buffer.from([123, 34, 255, 34, 58, 49, 125]).toString('base64url')}`),
  ],
  ['longer than any', withClaims({ note: 'x'.repeat(9_000) })],
  ['alg none', `${encoded({ alg: 'none', kid: 'now' })}.${body}.`],
  ['alg none with a signature', withHeader({ alg: 'none' })],
  ['alg NONE', withHeader({ alg: 'NONE' })],
  ['alg in small letters', withHeader({ alg: 'hs256' })],
  ['alg HS512', withHeader({ alg: 'HS512' })],
  ['alg RS256', withHeader({ alg: 'RS256' })],
  ['a secret’s alg on a public key', makeToken({ ...header, kid: 'ec' }, claims, pem)],
  ['a public key as the secret', makeToken({ alg: 'HS256', kid: 'ec' }, claims, pem.trim())],
  ['a public key’s alg on a secret', makeToken({ alg: 'ES256', kid: 'now' }, claims, secret)],
  ['EdDSA on the key of ES256', makeToken({ alg: 'EdDSA', kid: 'ec' }, claims, ed.privateKey)],
  ['no kid', makeToken({ alg: 'HS256' }, claims, secret)],
  ['an unknown kid', withHeader({ kid: 'later' })],
  ['a kid that is a path', withHeader({ kid: '../../dev/null' })],
  ['a kid that is a number', withHeader({ kid: 1 })],
  ['a key in its header (jwk)', withHeader({ jwk: ec.publicKey.export({ format: 'jwk' }) })],
  ['an address of keys (jku)', withHeader({ jku: 'https://evil.example/keys' })],
  ['an address of a certificate (x5u)', withHeader({ x5u: 'https://evil.example/cert' })],
  ['a certificate (x5c)', withHeader({ x5c: ['AAAA'] })],
  ['critical extensions (crit)', withHeader({ crit: ['exp'], exp: 1 })],
  ['an unencoded payload (b64)', withHeader({ b64: false, crit: ['b64'] })],
  ['compression (zip)', withHeader({ zip: 'DEF' })],
  ['another typ', withHeader({ typ: 'at+jwt' })],
  ['somebody else’s secret', makeToken(header, claims, other)],
  ['the secret of another kid', makeToken({ ...header, kid: 'old' }, claims, secret)],
  ['changed claims', `${head}.${encoded({ ...claims, sub: 'customer-8' })}.${tail}`],
  ['a changed header', `${encoded({ ...header, typ: 'jwt' })}.${body}.${tail}`],
  ['a cut signature', `${head}.${body}.${Buffer.from(tail, 'base64url').subarray(0, 16).toString('base64url')}`],
  [
    'ES256 by another key',
    makeToken({ alg: 'ES256', kid: 'ec' }, claims, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  ],
  [
    'a signature of zeros (ES256)',
    `${encoded({ alg: 'ES256', kid: 'ec' })}.${body}.${Buffer.alloc(64).toString('base64url')}`,
  ],
  ['no aud', without('aud')],
  ['another site', withClaims({ aud: 'other' })],
  ['several sites', withClaims({ aud: ['shop', 'other'] })],
  ['no exp', without('exp')],
  ['it has ended', withClaims({ exp: seconds - 61 })],
  ['it lasts a day', withClaims({ exp: seconds + 86_400 })],
  ['exp as a text', withClaims({ exp: `${seconds + 600}` })],
  ['exp for ever', `${signed(`${head}.${encoded(`{"aud":"shop","sub":"a","jti":"b","exp":1e999}`)}`)}`],
  ['not good yet', withClaims({ nbf: seconds + 120 })],
  ['made in the future', withClaims({ iat: seconds + 120 })],
  ['no sub', without('sub')],
  ['an empty sub', withClaims({ sub: '' })],
  ['a sub that is a number', withClaims({ sub: 7 })],
  ['a sub with a line break', withClaims({ sub: 'a\nb' })],
  ['no jti', without('jti')],
  ['a long jti', withClaims({ jti: 'j'.repeat(256) })],
  ['a bad e-mail', withClaims({ email: 'nobody' })],
  ['a name that is a list', withClaims({ name: ['Ada'] })],
  ['attributes with a list in them', withClaims({ attributes: { a: [1] } })],
  ['attributes with a bad name', withClaims({ attributes: { '1 a': 1 } })],
];

test('[S3] [ID1] there are at least forty ways to be refused', () => {
  expect(new Set(BAD.map(([, token]) => token)).size).toBeGreaterThanOrEqual(40);
});

test.each(BAD)('[S3] [ID1] refused: %s', (_, token) => {
  expect(() => read(token)).toThrow(expect.objectContaining({ code: 'bad-identity' }));
});
