import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP, expect, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

const folder = join(import.meta.dirname, '../../../examples/restyled');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('[W5] the restyled example: a terminal’s drawer by CSS alone', async ({ browser, relay, hostPage }) => {
  const html = read('index.html')
    .replace('http://localhost:8787', relay.url)
    .replace('data-site="desk"', 'data-site="demo"')
    .replace('<link rel="stylesheet" href="page.css">', `<style>${read('page.css')}</style>`)
    .replace('<link rel="stylesheet" href="widget.css">', `<style>${read('widget.css')}</style>`);
  const host = await hostPage(html);
  const context = await browser.newContext({ ...DESKTOP, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(host.url);
  const shop = shopOn(page);
  await expect(shop.launcher).toHaveCSS('writing-mode', 'vertical-rl');
  await shop.open();
  await expect(shop.window).toHaveCSS('height', '860px');
  await expect(shop.window).toHaveCSS('border-radius', '0px');
  await expect(shop.window).toHaveCSS('background-color', 'rgb(11, 15, 12)');
  await expect(page.locator('.fd-channel i').first()).toBeHidden();
  await shop.channel('chat');
  await shop.say('is anybody awake');
  const bubble = shop.messages.first().locator('.fd-bubble');
  await expect(bubble).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  expect(await bubble.locator('p').evaluate((node) => getComputedStyle(node, '::before').content)).toBe('"you> "');
  await shop.home();
  await context.close();
});
