import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type HostPage, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

const folder = join(import.meta.dirname, '../../../examples/migration');

/** A page as the README says: the stub, the shim in place of the other widget's script, then the page's own calls. */
async function open(
  tab: Page,
  hostPage: (html: string) => Promise<HostPage>,
  relay: string,
  shim: string,
  before: string,
  calls: string,
): Promise<string[]> {
  const script = readFileSync(join(folder, shim), 'utf8');
  const { url } = await hostPage(`<!doctype html><html lang="en"><head><title>Host</title>
    <script src="${relay}/stub.js"></script><script>${before}</script><script>${script}</script>
    <script async src="${relay}/widget.js" data-init="manual"></script></head>
    <body><script>window.heard = []; ${calls}</script></body></html>`);
  const trouble: string[] = [];
  tab.on('pageerror', (error) => trouble.push(String(error)));
  await tab.goto(url);
  return trouble;
}
const heard = (tab: Page) => tab.evaluate(() => (window as unknown as { heard: unknown[] }).heard);

test('calls of Beacon do what they say', async ({ page, relay, hostPage }) => {
  const trouble = await open(
    page,
    hostPage,
    relay.url,
    'beacon.js',
    `window.Beacon = { readyQueue: [{ method: 'init', options: 'demo' }] };`,
    `Beacon('on', 'open', () => heard.push('open'));
     Beacon('config', { display: { position: 'left' } });
     Beacon('prefill', { name: 'Ada', email: 'ada@example.com', subject: 'Order 7', text: 'Where is it?', fields: [{ id: 'order_number', value: '7' }] });
     Beacon('identify', { name: 'Ada', plan: 'gold' });
     Beacon('navigate', '/ask/message/');`,
  );
  const shop = shopOn(page);
  await expect(page.locator('.fd-form')).toBeVisible();
  await expect(page.getByLabel(shop.words.name, { exact: false }).first()).toHaveValue('Ada');
  await expect(page.locator('.fd-form textarea').last()).toHaveValue('Where is it?');
  await expect(page.locator('.fd-left')).toHaveCount(1);
  await expect.poll(() => heard(page)).toEqual(['open']);
  await page.evaluate("Beacon('search', 'delivery')");
  await expect(page.locator('.fd-result').first()).toBeVisible();
  await page.evaluate("Beacon('article', 'delivery')");
  await expect(page.locator('.fd-article h1')).toBeVisible();
  await page.evaluate("Beacon('close')");
  await expect(shop.window).toBeHidden();
  expect(trouble).toEqual([]);
});

test('calls of Intercom do what they say', async ({ page, relay, hostPage }) => {
  const trouble = await open(
    page,
    hostPage,
    relay.url,
    'intercom.js',
    '',
    `Intercom('boot', { app_id: 'demo', name: 'Ada', email: 'ada@example.com', plan: 'gold', hide_default_launcher: true });
     Intercom('onShow', () => heard.push('shown'));
     Intercom('onHide', () => heard.push('hidden'));
     Intercom('showNewMessage', 'About order 7');`,
  );
  const shop = shopOn(page);
  await expect(shop.composer).toHaveValue('About order 7');
  await expect(shop.launcher).toBeHidden();
  await page.evaluate("Intercom('hide')");
  await expect.poll(() => heard(page)).toEqual(['shown', 'hidden']);
  await page.evaluate("Intercom('shutdown')");
  await expect(page.locator('frontdesk-widget')).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test('calls of Crisp do what they say', async ({ page, relay, hostPage }) => {
  const trouble = await open(
    page,
    hostPage,
    relay.url,
    'crisp.js',
    `window.$crisp = [['set', 'user:nickname', ['Ada']], ['on', 'chat:opened', () => heard.push('opened')]]; window.CRISP_WEBSITE_ID = 'demo';`,
    `$crisp.push(['set', 'message:text', ['About order 7']]);`,
  );
  const shop = shopOn(page);
  await expect(shop.composer).toHaveValue('About order 7');
  await expect.poll(() => heard(page)).toEqual(['opened']);
  await page.evaluate("$crisp.push(['do', 'message:send', ['text', 'by the API']])");
  await expect(shop.messages.filter({ hasText: 'by the API' })).toBeVisible();
  expect(trouble).toEqual([]);
});

test('calls of Chatwoot do what they say', async ({ page, relay, hostPage }) => {
  const trouble = await open(
    page,
    hostPage,
    relay.url,
    'chatwoot.js',
    `window.chatwootSettings = { position: 'left', darkMode: 'dark' };`,
    `addEventListener('chatwoot:ready', () => heard.push('ready'));
     chatwootSDK.run({ websiteToken: 'demo', baseUrl: '' });
     $chatwoot.setUser('7', { name: 'Ada', email: 'ada@example.com' });
     $chatwoot.setCustomAttributes({ plan: 'gold' });
     $chatwoot.toggle('open');`,
  );
  const shop = shopOn(page);
  await expect(shop.window).toBeVisible();
  await expect(page.locator('.fd-left.fd-dark')).toHaveCount(1);
  await expect.poll(() => heard(page)).toEqual(['ready']);
  await page.evaluate("$chatwoot.toggleBubbleVisibility('hide')");
  await expect(shop.launcher).toBeHidden();
  expect(trouble).toEqual([]);
});
