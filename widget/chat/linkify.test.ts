import { expect, test } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).filter((one) => typeof one === 'object');

test.each([
  ['see https://a.example/x?y=1#z.', 'https://a.example/x?y=1#z'],
  ['(https://a.example/b)', 'https://a.example/b'],
  ['https://en.wikipedia.org/wiki/Rust_(language)', 'https://en.wikipedia.org/wiki/Rust_(language)'],
  ['«https://a.example/путь»', 'https://a.example/путь'],
  ['www.shop.example, please', 'https://www.shop.example'],
  ['write to anna.k+x@mail.shop.example!', 'mailto:anna.k+x@mail.shop.example'],
  ['https://user@host.example/x', 'https://user@host.example/x'],
])('finds the link in %s', (text, href) => {
  expect(links(text)).toMatchObject([{ href }]);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'a.b', 'vbscript:x', 'file:///etc/passwd', 'foo@bar'])(
  'finds none in %s',
  (text) => {
    expect(links(text)).toEqual([]);
  },
);

test('nothing of the text is lost', () => {
  const text = 'a https://b.example, (www.c.example) d@e.example. f';
  expect(
    linkify(text)
      .map((one) => (typeof one === 'string' ? one : one.text))
      .join(''),
  ).toBe(text);
});

test('a long text without a link is quick', () => {
  const began = performance.now();
  linkify('a.'.repeat(50_000));
  linkify('('.repeat(50_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});
