import { describe, expect, test } from 'vitest';
import { isBot, readBrowser } from './browser.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const pixel =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0';

describe('[V2] browser, system and device', () => {
  test.each([
    [chrome, {}, { browser: 'Chrome 140', os: 'Windows 10', device: 'Computer' }],
    [
      chrome,
      { platform: 'Windows', version: '15.0.0' },
      { browser: 'Chrome 140', os: 'Windows 11', device: 'Computer' },
    ],
    [safari, {}, { browser: 'Mobile Safari 18', os: 'iOS 18.5', device: 'Apple iPhone' }],
    [
      pixel,
      { platform: 'Android', version: '16.0.0', model: 'Pixel 9', mobile: true },
      { browser: 'Chrome 140', os: 'Android 16', device: 'Pixel 9' },
    ],
    [firefox, {}, { browser: 'Firefox 142', os: 'Linux', device: 'Computer' }],
    ['', {}, { browser: null, os: null, device: null }],
    ['x'.repeat(100_000), {}, { browser: null, os: null, device: null }],
  ])('%s', (userAgent, hints, expected) => {
    expect(readBrowser(userAgent, hints)).toEqual(expected);
  });

  test.each<[string, boolean]>([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', true],
    ['Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)', true],
    ['facebookexternalhit/1.1', true],
    ['curl/8.5.0', true],
    ['', true],
    [chrome, false],
    [safari, false],
    ['Mozilla/5.0 (X11; Linux x86_64; CUBOT X18) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36', false],
  ])('«%s» is a crawler: %s', (userAgent, expected) => {
    expect(isBot(userAgent)).toBe(expected);
  });
});
