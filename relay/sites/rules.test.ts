import { expect, test } from 'vitest';
import { type MessengerKind, siteSettings } from '../protocol/index.ts';
import { messengerName, messengerUrl } from './messengers.ts';
import { chooseLocale, SITE_KEY, toPublicSite } from './rules.ts';

test.each<[MessengerKind, string, string | null]>([
  ['telegram', '@frontdesk_bot', 'https://t.me/frontdesk_bot'],
  ['telegram', 'frontdesk_bot', 'https://t.me/frontdesk_bot'],
  ['telegram', 'https://t.me/frontdesk_bot', 'https://t.me/frontdesk_bot'],
  ['telegram', 'a b', null],
  ['telegram', 'x?start=1#y', null],
  ['whatsapp', '+7 (912) 345-67-89', 'https://wa.me/79123456789'],
  ['whatsapp', 'someone', null],
  ['viber', '+7 912 345 67 89', 'viber://chat?number=%2B79123456789'],
  ['viber', 'shopbot', 'viber://pa?chatURI=shopbot'],
  ['vk', 'shop', 'https://vk.me/shop'],
  ['messenger', 'shop', 'https://m.me/shop'],
  ['instagram', '@shop', 'https://ig.me/m/shop'],
  ['skype', 'live:shop', 'skype:live%3Ashop?chat'],
  ['ok', 'group/123', 'https://ok.ru/group/123'],
  ['signal', '+79123456789', 'https://signal.me/#p/+79123456789'],
  ['line', '@shop', 'https://line.me/R/ti/p/%40shop'],
  ['phone', '+7 (912) 345-67-89', 'tel:+79123456789'],
  ['phone', '8 800 555 35 35', 'tel:88005553535'],
  ['phone', 'javascript:alert(1)', null],
  ['sms', '+79123456789', 'sms:+79123456789'],
  ['url', 'https://chat.example/now', 'https://chat.example/now'],
  ['url', 'viber://chat?number=%2B1', 'viber://chat?number=%2B1'],
  ['url', 'tel:+1', 'tel:+1'],
  ['url', 'javascript:alert(1)', null],
  ['url', ' JavaScript:alert(1)', null],
  ['url', 'data:text/html,x', null],
  ['url', 'file:///etc/passwd', null],
  ['url', 'chat.example', null],
])('%s of %s opens %s', (kind, handle, url) => {
  expect(messengerUrl({ kind, handle })).toBe(url);
});

test('a messenger without a label is called by its name', () => {
  expect(messengerName({ kind: 'whatsapp', handle: '+1' })).toBe('WhatsApp');
  expect(messengerName({ kind: 'phone', handle: '8 800 555 35 35' })).toBe('8 800 555 35 35');
  expect(messengerName({ kind: 'url', handle: 'https://chat.example/now' })).toBe('chat.example');
});

test.each([
  ['page', 'ru-RU', '', 'ru'],
  ['page', 'EN_us', 'ru', 'en'],
  ['page', '', 'ru-RU', 'ru'],
  ['page', 'de', 'ru', 'ru'],
  ['page', 'de', 'fr', 'en'],
  ['page', 'rus', '', 'en'],
  ['ru', 'en', 'en', 'ru'],
] as const)(
  'a site that says %s, on a page in «%s», in a browser in «%s» speaks %s',
  (locale, page, browser, chosen) => {
    expect(chooseLocale({ locale }, page, browser)).toBe(chosen);
  },
);

test('the widget gets one language and only what is shown', () => {
  const settings = siteSettings.parse({
    launcher: { label: { en: 'Help', ru: 'Помощь' } },
    texts: { greeting: { en: 'Hello' } },
    form: {
      subject: 'select',
      subjects: [{ en: 'Delivery', ru: 'Доставка' }, { en: 'Payment' }, {}],
      fields: [
        { key: 'order', kind: 'text', label: { en: 'Order' }, required: true },
        {
          key: 'size',
          kind: 'select',
          label: {},
          hint: { ru: 'Какой' },
          options: [{ value: 's', label: { ru: 'Малый' } }],
        },
      ],
    },
    messengers: [
      { kind: 'telegram', handle: '@shop' },
      { kind: 'url', handle: 'javascript:alert(1)' },
      { kind: 'phone', handle: '+1 555', label: { en: 'Call us' } },
    ],
  });
  const site = toPublicSite({ key: 'shop', name: 'Shop', settings }, 'ru', { hasArticles: true });
  expect(site).toMatchObject({
    locale: 'ru',
    launcher: { label: 'Помощь', position: 'right' },
    /* Empty: the product's own words in this language, rather than the site's in another. */
    texts: { greeting: '' },
    form: {
      subjects: ['Доставка', 'Payment'],
      fields: [
        { key: 'order', label: 'Order', required: true },
        { key: 'size', label: 'size', hint: 'Какой', options: [{ value: 's', label: 'Малый' }] },
      ],
    },
    hasArticles: true,
  });
  expect(site.messengers.map(({ label, url }) => [label, url])).toEqual([
    ['Telegram', 'https://t.me/shop'],
    ['Call us', 'tel:+1555'],
  ]);
});

test.each([
  ['shop', true],
  ['shop-2', true],
  ['Shop', false],
  ['-shop', false],
  ['sh"op', false],
  ['', false],
])('«%s» as a key: %s', (key, good) => {
  expect(SITE_KEY.test(key)).toBe(good);
});
