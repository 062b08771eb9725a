import { expect, test } from 'vitest';
import type { MessengerKind } from '../protocol/index.ts';
import { visitUrl } from './messenger-visits.ts';
import { messengerUrl } from './messengers.ts';

const WORDS = `Visit%2012-3.%20`;

test.each<[MessengerKind, string, string]>([
  ['telegram', 'shop_bot', 'https://t.me/shop_bot?start=12-3'],
  ['telegram', '@ShopBot', 'https://t.me/ShopBot?start=12-3'],
  ['telegram', 'anna_shop', `https://t.me/anna_shop?text=${WORDS}`],
  ['telegram', 'https://t.me/shop_bot?start=spring', 'https://t.me/shop_bot?start=spring'],
  ['telegram', 'https://t.me/+AbCdEf', 'https://t.me/+AbCdEf'],
  ['telegram', 'https://example.com/telegram', 'https://example.com/telegram'],
  ['whatsapp', '+7 812 555-01-48', `https://wa.me/78125550148?text=${WORDS}`],
  ['whatsapp', 'https://wa.me/1234567?text=Hi', 'https://wa.me/1234567?text=Hi'],
  ['viber', '+78125550148', `viber://chat?number=%2B78125550148&draft=${WORDS}`],
  ['viber', 'shop', 'viber://pa?chatURI=shop&context=12-3'],
  ['vk', 'shop', 'https://vk.me/shop?ref=12-3'],
  ['messenger', 'shop', 'https://m.me/shop?ref=12-3'],
  ['instagram', 'shop', 'https://ig.me/m/shop?ref=12-3'],
  ['sms', '+78125550148', `sms:+78125550148?body=${WORDS}`],
  ['skype', 'shop', 'skype:shop?chat'],
  ['ok', 'shop', 'https://ok.ru/shop'],
  ['signal', '+78125550148', 'https://signal.me/#p/+78125550148'],
  ['line', 'shop', 'https://line.me/R/ti/p/shop'],
  ['phone', '+78125550148', 'tel:+78125550148'],
  ['url', 'mailto:a@shop.example', 'mailto:a@shop.example'],
])('[M2] %s %s', (kind, handle, url) => {
  expect(visitUrl(kind, messengerUrl({ kind, handle }) ?? '', '12-3', 'en')).toBe(url);
});

test('[M2] the words are in the visitor’s language', () => {
  expect(visitUrl('whatsapp', 'https://wa.me/1234567', '1-1', 'ru')).toBe(
    `https://wa.me/1234567?text=${encodeURIComponent('Визит 1-1. ')}`,
  );
});
