import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

/** No finding of axe on this page, the shadow root included. */
async function clean(page: Page, what: string): Promise<void> {
  // Colours are measured once things have stopped moving.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  );
  const { violations } = await new AxeBuilder({ page }).include('frontdesk-widget, #app, body').analyze();
  const findings = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
  expect(findings, what).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const [name, device] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const) {
    test(`axe finds nothing in the widget (${colorScheme}, ${name})`, async ({ visitor }) => {
      const shop = await visitor({ device: { ...device, colorScheme, reducedMotion: 'reduce' } });
      await shop.open();
      await clean(shop.page, 'home');
      await shop.channel('chat');
      await shop.say('a message');
      await clean(shop.page, 'chat');
      await shop.page.getByRole('button', { name: shop.words.back, exact: true }).click();
      await shop.channel('email');
      await expect(shop.page.locator('.fd-form')).toBeVisible();
      await shop.page.locator('.fd-form').getByRole('button', { name: shop.words.send }).click();
      await clean(shop.page, 'form with errors');
      await shop.page.getByRole('button', { name: shop.words.back, exact: true }).click();
      await shop.channel('messengers');
      await clean(shop.page, 'messengers');
    });

    test(`axe finds nothing in the console (${colorScheme}, ${name})`, async ({ operator, visitor }) => {
      const shop = await visitor();
      await shop.channel('chat');
      const words = `a conversation ${colorScheme} ${name}`;
      await shop.say(words);
      const desk = await operator({
        device: {
          ...device,
          ...(name === 'desktop' && { viewport: { width: 1440, height: 900 } }),
          colorScheme,
          reducedMotion: 'reduce',
        },
      });
      await desk.view('unassigned');
      await expect(desk.row(words)).toBeVisible();
      await clean(desk.page, 'list');
      await desk.openRow(words);
      await clean(desk.page, 'conversation');
      await desk.view('on-site');
      await clean(desk.page, 'on the site');
      await desk.page.goto(desk.page.url().replace('on-site', 'settings/form'));
      await expect(desk.page.getByRole('heading').first()).toBeVisible();
      await clean(desk.page, 'settings');
    });
  }
