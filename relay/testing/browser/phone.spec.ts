import { expect, PHONE, test } from './fixtures.ts';
import { openState, stateNamed } from './gallery.ts';
import { frontdesk } from './shop.ts';

test('[W10] on a phone the page stays where it is, the back gesture closes the sheet, and its history is not touched', async ({
  visitor,
}) => {
  const shop = await visitor({ device: PHONE });
  const { page } = shop;
  await page.evaluate(() => scrollTo(0, 300));
  const before = await page.evaluate(() => [scrollY, history.length]);
  const root = page.locator('html').first();
  await shop.open();
  await expect(root).toHaveCSS('overflow', 'hidden');
  // What asks to close: the back gesture where there is one, here the key outside the widget.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Escape');
  await expect(shop.window).toBeHidden();
  await expect(root).not.toHaveCSS('overflow', 'hidden');
  expect(await page.evaluate(() => [scrollY, history.length])).toEqual(before);
  // Once more: each opening has a watcher of its own.
  await shop.open();
  await expect(root).toHaveCSS('overflow', 'hidden');
  await frontdesk(page, 'destroy');
  await expect(root).not.toHaveCSS('overflow', 'hidden');
});

test('[W10] the composer stands above the keyboard', async ({ visitor }) => {
  const shop = await visitor({ device: PHONE });
  await shop.channel('chat');
  await expect(shop.composer).toBeVisible();
  await shop.page.setViewportSize({ width: 390, height: 460 });
  await expect.poll(async () => (await shop.window.boundingBox())?.height).toBe(460);
  const box = await shop.composer.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(460);
});

test('[W10] no field is so small that a phone would zoom, and none wider than the sheet', async ({
  browser,
  relay,
}) => {
  const context = await browser.newContext({ ...PHONE, reducedMotion: 'reduce' });
  const page = await context.newPage();
  for (const name of ['home', 'search', 'form', 'form-consent', 'chat', 'chat-rating', 'chat-away']) {
    await openState(page, relay.url, stateNamed(name));
    const small = await page.evaluate(() => {
      const root = document.querySelector('frontdesk-widget')?.shadowRoot;
      return [...(root?.querySelectorAll('input,select,textarea') ?? [])]
        .filter((field) => {
          const { fontSize } = getComputedStyle(field);
          return Number.parseFloat(fontSize) < 16 || field.getBoundingClientRect().right > innerWidth;
        })
        .map((field) => field.outerHTML.slice(0, 80));
    });
    expect(small, name).toEqual([]);
  }
  await context.close();
});
