import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const call = (page: Page, ...args: unknown[]) =>
  page.evaluate((all) => (globalThis as unknown as { Frontdesk(...all: unknown[]): unknown }).Frontdesk(...all), args);

test('[J5] what the page tracks stands in the visit’s trail, what it says of the conversation beside it', async ({
  visitor,
  operator,
}) => {
  const shop = await visitor({ path: 'delivery' });
  const { page } = shop;
  await call(page, 'track', 'Cart opened', { items: 2, gift: true });
  await call(page, 'setConversation', { cart: 'QL-88', urgent: true, gone: 'x' });
  await call(page, 'setConversation', { gone: null });
  await shop.channel('chat');
  await shop.say('Where is my cart?');
  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('Where is my cart?');
  const card = desk.page.getByRole('complementary', { name: desk.words.conversation.person });
  await expect(card.locator('.trail-event')).toContainText('Cart opened');
  await expect(card.locator('.trail-event')).toContainText('items: 2, gift: true');
  const section = card.locator('section').filter({ hasText: desk.words.person.ofConversation });
  await expect(section).toContainText('QL-88');
  await expect(section).not.toContainText('gone');
  if (process.env.SHOTS) await desk.page.screenshot({ path: `${process.env.SHOTS}/tracking.png` });
  // Wrong ones say so.
  await expect(call(page, 'track', 7)).rejects.toThrow(/event/);
});

test('[J5] nothing tracked leaves the page before consent', async ({ visitor, hostPage, relay }) => {
  const host = await hostPage(
    `<!doctype html><html lang="en"><script src="${relay.url}/widget.js" data-site="demo" data-consent="wait"></script></html>`,
  );
  const shop = await visitor();
  const asked: string[] = [];
  shop.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await shop.page.goto(host.url);
  await expect(shop.launcher).toBeVisible();
  asked.length = 0;
  await call(shop.page, 'track', 'Cart opened');
  expect(asked.filter((path) => !path.startsWith('/widget/'))).toEqual([]);
});
