import { describe, expect, test } from 'vitest';
import { buildIndex } from './build.ts';
import { fitting } from './page-fit.ts';
import { pageWords } from './page-words.ts';

const words = (page: string, title = '', site = '') => [...pageWords({ page, title, site }).keys()].join(' ');

describe('the words of a page', () => {
  test.each([
    ['an address and the path of it alone', 'https://shop.example/help/gift-cards', 'help gift card'],
    ['the path', '/help/gift_cards.html?x=secret#part', 'help gift card'],
    ['what is written by percent signs', '/%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82', 'возврат'],
    ['half a percent sign', '/%D0%/gift', 'd0 gift'],
    ['neither ids nor the language', '/en/orders/104422/3f2a9c1b77/0190a0b2-1111-7000-8000-0123456789ab', 'order'],
    ['nor what an address is built of', '/ru-RU/catalog/product/index.php', ''],
    ['but names that have digits', '/guides/k8s/s3', 'guid k8s s3'],
    ['the route of a single-page site', '/app#/returns/how?code=1', 'return'],
    ['not a fragment that may be a key', '/app#access_token=returns', ''],
    ['nothing of no address', 'http://[', ''],
  ])('%s', (_, page, expected) => {
    expect(words(page)).toBe(expected);
  });

  test.each([
    ['its own name', '/', 'Gift cards — Quiet Leaf', 'Quiet Leaf', 'gift card'],
    ['its host', 'https://www.quietleaf.example/', 'Gift cards | quietleaf', '', 'gift card'],
    ['how many messages wait', '/', '(3) Gift cards', '', 'gift card'],
    ['little words', '/', 'How do I return what I bought', '', 'return bought'],
  ])('a title without %s', (_, page, title, site, expected) => {
    expect(words(page, title, site)).toBe(expected);
  });
});

describe('articles that fit a page', () => {
  const article = (title: string, text: string) => ({
    ...{ key: title, title, section: '' },
    text: { text, spans: [], headings: [] },
  });
  const index = buildIndex([
    article('Delivery times and prices', 'A courier brings your order within two days.'),
    article('Returns and exchange', 'What can be given back, and how long it takes after delivery.'),
    article('Gift cards', 'A card by e-mail for an order of any size.'),
    article('Caring for cast iron', 'Rinse, dry, do not soap.'),
    article('Your account', 'Sign in, change your name, see orders.'),
  ]);
  const titles = async (title: string, page = '/') =>
    fitting(await index, pageWords({ page, title, site: 'Quiet Leaf' }), 4).map(({ key }) => key);

  test.each([
    ['Delivery — Quiet Leaf', '/delivery', ['Delivery times and prices']],
    ['Quiet Leaf', '/help/returns', ['Returns and exchange']],
    ['Cast iron teapot “Crane” — Quiet Leaf', '/product/crane', ['Caring for cast iron']],
    ['Gift card for a friend — Quiet Leaf', '/gifts', ['Gift cards']],
  ])('%s: %s', async (title, page, expected) => {
    expect(await titles(title, page)).toEqual(expected);
  });

  test('none on pages about something else, though a word is in some article', async () => {
    for (const [title, page] of [
      ['Quiet Leaf', '/'],
      ['Your cart — Quiet Leaf', '/cart'],
      ['About us — Quiet Leaf', '/about'],
      ['Green tea from the hills, two harvests, by post', '/product/green-tea'],
      ['Careers: we look for a courier', '/careers'],
      ['', ''],
      ['🍵', '/🍵'],
    ] as const)
      expect(await titles(title, page), title).toEqual([]);
  });

  test('nothing fits where there is no article', async () => {
    expect(fitting(await buildIndex([]), pageWords({ page: '/x', title: 'Delivery', site: '' }), 4)).toEqual([]);
  });
});
