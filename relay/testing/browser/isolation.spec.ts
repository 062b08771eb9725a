import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { HOST_STYLES, type HostStyle, hostStyle } from './host-styles.ts';
import { greatestDifference, SAME } from './picture-difference.ts';
import { frontdesk, shopOn } from './shop.ts';

/** `npm run test:long` runs every style sheet with every root size, before and after the widget; `npm test` samples them. */
const ALL = process.env.HOST_STYLES === 'all';
const NAMES = Object.keys(HOST_STYLES) as HostStyle[];
const ROOT_SIZES = ['10px', '62.5%', '14px', '16px', '20px'];
const SCREENS = ['home', 'search', 'article/delivery', 'email', 'messengers', 'history', 'chat'];

/** Stands between the page and the widget, so that only the widget is in the picture. */
const COVER = `<div id="cover" style="position:fixed!important;inset:0!important;background:#fff!important;z-index:2147479999!important"></div>`;

/** Pictures of every screen, with `css` in the page before the widget, or put in after it. */
async function screens(page: Page, url: string, late: string): Promise<Map<string, Buffer>> {
  await page.goto(url);
  await frontdesk(page, 'hide');
  if (late) await page.addStyleTag({ content: late });
  const shown = new Map<string, Buffer>();
  const shop = shopOn(page);
  for (const screen of SCREENS) {
    await frontdesk(page, 'open', screen, { still: true });
    await expect(shop.window).toHaveClass(new RegExp(`fd-on-${screen.split('/')[0]}\\b.*fd-is-open`));
    await expect(page.locator('.fd-skeleton')).toHaveCount(0);
    if (screen === 'article/delivery')
      await page
        .locator('.fd-article img')
        .first()
        .evaluate((picture: HTMLImageElement) => picture.decode());
    // What the form has beyond its fields comes a moment after them.
    if (screen === 'email') await expect(page.locator('.fd-form-attach')).toBeVisible();
    if (screen === 'home') await expect(page.locator('.fd-channel')).not.toHaveCount(0);
    if (screen === 'search') await expect(page.locator('.fd-result')).not.toHaveCount(0);
    if (screen === 'chat') await expect(shop.composer).toBeVisible();
    shown.set(screen, await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  }
  return shown;
}

const html = (relay: string, css: string) => `<!doctype html><html lang="en"><head><title>Host</title>
<style>${css}</style><script async src="${relay}/widget.js" data-site="demo"></script></head>
<body><h1>Somebody’s shop</h1>${COVER}</body></html>`;

const cases = ALL
  ? NAMES.flatMap((name) => ROOT_SIZES.flatMap((size) => [true, false].map((first) => ({ name, size, first }))))
  : NAMES.map((name, i) => ({ name, size: ROOT_SIZES[i % ROOT_SIZES.length] ?? '16px', first: i % 2 === 0 }));

test.describe('the page’s style sheets do not reach the widget', () => {
  test.use({ viewport: { width: 900, height: 760 }, reducedMotion: 'reduce' });

  for (const { name, size, first } of cases)
    test(`[W7] ${name}, ${first ? 'before' : 'after'} the widget, root at ${size}: every screen as on an empty page`, async ({
      browser,
      relay,
      hostPage,
    }, info) => {
      const css = `${hostStyle(name)}\nhtml { font-size: ${size} !important; }`;
      const empty = await hostPage(html(relay.url, ''));
      const styled = await hostPage(html(relay.url, first ? css : ''));
      const options = { viewport: { width: 900, height: 760 }, reducedMotion: 'reduce' as const };
      const plain = await browser.newContext(options);
      const full = await browser.newContext(options);
      const [bare, dressed] = await Promise.all([
        screens(await plain.newPage(), empty.url, ''),
        screens(await full.newPage(), styled.url, first ? '' : css),
      ]);
      const differ: string[] = [];
      for (const screen of SCREENS) {
        const [a, b] = [bare.get(screen), dressed.get(screen)];
        if (a && b && (await greatestDifference(plain, a, b)) < SAME) continue;
        differ.push(screen);
        for (const [page, picture] of Object.entries({ empty: a, styled: b })) {
          const path = info.outputPath(`${screen.replace('/', '-')} on the ${page} page.png`);
          if (picture) await writeFile(path, picture);
          await info.attach(`${screen} on the ${page} page`, { path, contentType: 'image/png' });
        }
      }
      expect(differ).toEqual([]);
      await plain.close();
      await full.close();
    });
});

const PAGE = `<main><h1>Somebody’s shop</h1><p>Tea, and <a href="#x">what goes with it</a>.</p>
<form><label>Search <input placeholder="oolong"></label><select><option>One</option></select><button>Find</button></form>
<table><tr><th>Tea</th><td>12</td></tr></table><ul><li>One</li><li>Two</li></ul></main>`;

for (const name of ALL ? NAMES : (['bootstrap', 'pico', 'milligram'] as const))
  test(`[W7] a page styled by ${name} looks the same with the closed widget and without it`, async ({
    browser,
    relay,
    hostPage,
  }) => {
    const body = (tag: string) =>
      `<!doctype html><html lang="en"><head><title>Host</title><style>${hostStyle(name)}</style>${tag}</head><body>${PAGE}</body></html>`;
    const without = await hostPage(body(''));
    const withIt = await hostPage(
      body(`<script async src="${relay.url}/widget.js" data-site="demo" data-launcher="off"></script>`),
    );
    const context = await browser.newContext({ viewport: { width: 900, height: 700 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(without.url);
    const before = await page.screenshot({ animations: 'disabled', fullPage: true });
    await page.goto(withIt.url);
    await expect.poll(() => frontdesk(page, 'state')).toMatchObject({ ready: true });
    // The window is made and closed again: what it leaves behind does not show either.
    await frontdesk(page, 'open', 'home', { still: true });
    await expect(page.locator('.fd-window')).toBeVisible();
    await frontdesk(page, 'close');
    await expect(page.locator('.fd-window')).toBeHidden();
    const after = await page.screenshot({ animations: 'disabled', fullPage: true });
    expect(await greatestDifference(context, before, after)).toBeLessThan(SAME);
    await context.close();
  });

test('[W7] who types in the widget does not set off the page’s shortcuts', async ({ browser, relay, hostPage }) => {
  const host = await hostPage(
    `<!doctype html><html lang="en"><head><title>Host</title></head><body>
    <script async src="${relay.url}/widget.js" data-site="demo"></script></body></html>`,
  );
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(host.url);
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    for (const type of ['keydown', 'keypress', 'keyup']) {
      document.addEventListener(type, () => seen.push(`bubbling ${type}`));
      window.addEventListener(type, ({ target }) => seen.push((target as Element).localName), { capture: true });
    }
  });
  const shop = shopOn(page);
  await shop.channel('chat');
  await page.evaluate(() => {
    (window as unknown as { seen: string[] }).seen.length = 0;
  });
  await shop.composer.pressSequentially('s/?');
  await shop.composer.press('Escape');
  await expect(shop.window).toBeHidden();
  const seen = await page.evaluate(() => [...new Set((window as unknown as { seen: string[] }).seen)]);
  expect(seen).toEqual(['frontdesk-widget']);
  await context.close();
});
