import type { Page } from '@playwright/test';
import { DESKTOP, expect, test } from './fixtures.ts';

/** The name of what has the focus, inside the widget or on the page. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return `${node?.className || node?.id || node?.localName || ''}`;
  });

/** Presses Tab until the focus is on what has this class. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focused(page)).split(' ').includes(name)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The focus did not come to ${name}; it is on ${await focused(page)}.`);
}

test('[W9] every task is done by keyboard alone, and the focus goes back to what opened the window', async ({
  visitor,
  operator,
}) => {
  const { page, more, window, messages, composer } = await visitor({ device: DESKTOP });
  const desk = await operator();
  await expect(page.locator('.fd-launcher')).toBeVisible();
  await page.locator('.fd-launcher').focus();
  await page.keyboard.press('Enter');
  await expect(window).toBeVisible();

  // Search, and read an article.
  await tabTo(page, 'fd-search').catch(() => tabTo(page, 'fd-tag-input'));
  await page.keyboard.type('delivery');
  await expect(page.locator('.fd-result').first()).toBeVisible();
  await tabTo(page, 'fd-result');
  await page.keyboard.press('Enter');
  await expect(page.locator('.fd-article h1')).toBeVisible();

  // Back to the first screen, and to the chat.
  for (let i = 0; i < 4 && !(await page.locator('.fd-home').isVisible()); i++) {
    await tabTo(page, 'fd-back', 'Shift+Tab');
    await page.keyboard.press('Enter');
  }
  await tabTo(page, 'fd-channel-chat');
  await page.keyboard.press('Enter');
  await expect(composer).toBeFocused();
  await page.keyboard.type('by keyboard alone');
  await page.keyboard.press('Enter');
  await expect(messages.filter({ hasText: 'by keyboard alone' })).toBeVisible();

  // What comes is said once, by the log.
  await page.evaluate(() => {
    const root = document.querySelector('frontdesk-widget')?.shadowRoot;
    const said: string[] = [];
    Object.assign(globalThis, { said });
    for (const region of root?.querySelectorAll('[role=log], [role=status], [role=alert], [aria-live]') ?? [])
      new MutationObserver((records) => {
        for (const { addedNodes } of records)
          for (const node of addedNodes) if (node.textContent?.includes('the answer')) said.push(region.role ?? '');
      }).observe(region, { childList: true, subtree: true, characterData: true });
  });
  await desk.view('unassigned');
  await desk.openRow('by keyboard alone');
  await desk.say('the answer');
  await expect(messages.filter({ hasText: 'the answer' })).toBeVisible();
  expect(await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).toEqual(['log']);

  // The form says what is missing, and takes the focus there.
  await tabTo(page, 'fd-back', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, 'fd-channel-email');
  await page.keyboard.press('Enter');
  await expect(page.locator('.fd-form')).toBeVisible();
  await tabTo(page, 'fd-button-main');
  await page.keyboard.press('Enter');
  await expect(page.locator('.fd-form').getByText(more.required).first()).toBeVisible();
  await expect(page.locator('.fd-form [aria-invalid=true]').first()).toBeFocused();

  await page.keyboard.press('Escape');
  await expect(window).toBeHidden();
  await expect(page.locator('.fd-launcher')).toBeFocused();
});
