import { chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';
import { expect, test } from './fixtures.ts';
import { frontdesk, type Shop, shopOn } from './shop.ts';

/** How many sockets to the relay a tab has open now. */
function countSockets(tab: Page): { open: number } {
  const count = { open: 0 };
  tab.on('websocket', (socket) => {
    if (!socket.url().includes('/api/visitor/')) return;
    count.open++;
    socket.on('close', () => count.open--);
  });
  return count;
}

const unread = async (tab: Page) => ((await frontdesk(tab, 'state')) as { unread: number }).unread;

test('[TB1] [TB2] several tabs of a visitor share one socket, what comes and what was read', async ({
  browser,
  relay,
  operator,
}) => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
  const [one, other] = [await context.newPage(), await context.newPage()];
  const sockets = [countSockets(one), countSockets(other)] as const;
  const open = () => sockets[0].open + sockets[1].open;
  const desk = await operator();
  const shops: Shop[] = [];
  for (const tab of [one, other]) {
    await tab.goto(`${relay.url}/demo/en/`);
    shops.push(shopOn(tab));
    await expect.poll(open).toBe(1);
  }
  const [first, second] = shops as [Shop, Shop];

  await first.channel('chat');
  await first.say('from the first tab');
  await second.channel('chat');
  await expect(second.messages.filter({ hasText: 'from the first tab' })).toBeVisible();
  await second.say('from the second tab');
  await expect(first.messages.filter({ hasText: 'from the second tab' })).toHaveCount(1);
  await desk.view('unassigned');
  await desk.openRow('from the second tab');
  await one.keyboard.press('Escape');
  await other.keyboard.press('Escape');
  await desk.say('the answer');
  for (const tab of [one, other]) await expect.poll(() => unread(tab)).toBe(1);
  await first.channel('chat');
  for (const tab of [one, other]) await expect.poll(() => unread(tab)).toBe(0);
  await expect(second.page.locator('.fd-message-unsent')).toHaveCount(0);
  expect(open()).toBe(1);

  // Whichever has the line, the other takes over when it goes.
  const [leading, following] = sockets[0].open ? [one, second] : [other, first];
  await leading.close();
  await expect.poll(open).toBe(1);
  await desk.say('still there?');
  await following.channel('chat');
  await expect(following.messages.filter({ hasText: 'still there?' })).toBeVisible();
  await following.say('yes');
  await expect(following.page.locator('.fd-message-unsent')).toHaveCount(0);
  await context.close();
});

test('[TB3] a hidden tab hands the line to a visible one, without losing a message', async ({
  browser,
  relay,
  operator,
}) => {
  const context = await browser.newContext();
  const [one, other] = [await context.newPage(), await context.newPage()];
  const sockets = [countSockets(one), countSockets(other)] as const;
  const hide = (tab: Page, hidden: boolean) =>
    tab.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      Object.defineProperty(document, 'visibilityState', { value: value ? 'hidden' : 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  const desk = await operator();
  await one.goto(`${relay.url}/demo/en/`);
  await expect.poll(() => sockets[0].open).toBe(1);
  await other.goto(`${relay.url}/demo/en/`);
  await shopOn(other).channel('chat');
  await shopOn(other).say('the first');
  // Here both are visible until one is said not to be.
  await hide(one, true);
  await hide(other, false);
  await expect.poll(() => [sockets[0].open, sockets[1].open]).toEqual([0, 1]);
  await desk.view('unassigned');
  await desk.openRow('the first');
  for (let round = 0; round < 3; round++) {
    const [from, to] = round % 2 ? [one, other] : [other, one];
    await hide(from, true);
    await hide(to, false);
    await desk.say(`answer ${round}`);
    await expect.poll(() => [sockets[0].open, sockets[1].open]).toEqual(round % 2 ? [0, 1] : [1, 0]);
    await expect(shopOn(other).messages.filter({ hasText: `answer ${round}` })).toHaveCount(1);
  }
  await shopOn(one).channel('chat');
  for (const shop of [shopOn(one), shopOn(other)]) await expect(shop.messages).toHaveCount(4);
  await context.close();
});

test('[TB4] the page stays good for the back/forward cache, and the line comes back with it', async ({
  relay,
  hostPage,
}) => {
  const host = await hostPage(
    `<!doctype html><html lang="en"><head><title>Host</title></head><body><p>Host</p>
    <script async src="${relay.url}/widget.js" data-site="demo"></script></body></html>`,
  );
  const away = await hostPage('<!doctype html><title>Away</title><p>Away</p>');
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const tab = await browser.newPage();
  const sockets = countSockets(tab);
  await tab.goto(host.url);
  const shop = shopOn(tab);
  await shop.channel('chat');
  await shop.say('before');
  await expect.poll(() => sockets.open).toBe(1);
  await tab.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => {
      document.title = persisted ? 'kept' : 'made anew';
    }),
  );
  await tab.goto(away.url);
  await tab.evaluate(() => history.back()).catch(() => {});
  await expect(tab.locator('body > p')).toHaveText('Host');
  await expect(tab).toHaveTitle('kept');
  await expect(shop.messages.filter({ hasText: 'before' })).toBeVisible();
  await shop.say('after');
  await expect(tab.locator('.fd-message-unsent')).toHaveCount(0);
  await browser.close();
});

test('[TB5] what ends in one tab ends in all: a logout, and consent that is taken back', async ({ browser, relay }) => {
  const context = await browser.newContext();
  const [one, other] = [await context.newPage(), await context.newPage()];
  for (const tab of [one, other]) {
    await tab.goto(`${relay.url}/demo/en/`);
    await shopOn(tab).channel('chat');
  }
  await shopOn(one).say('before the logout');
  await expect(other.locator('.fd-message').filter({ hasText: 'before the logout' })).toBeVisible();
  const idOf = async (tab: Page) => ((await frontdesk(tab, 'state')) as { conversationId: string }).conversationId;
  const before = await idOf(other);
  await frontdesk(one, 'logout');
  await expect(other.locator('.fd-message')).toHaveCount(0);
  await expect(other.locator('.fd-window')).toBeVisible();
  await shopOn(other).say('by whoever is there now');
  await shopOn(one).channel('chat');
  await expect(one.locator('.fd-message').filter({ hasText: 'by whoever is there now' })).toBeVisible();
  await expect(one.locator('.fd-message')).toHaveCount(1);
  expect(await idOf(other)).not.toBe(before);

  await frontdesk(one, 'consent', 'denied');
  for (const tab of [one, other]) await expect(tab.locator('.fd-message')).toHaveCount(0);
  const kept = () => other.evaluate(async () => [...Object.keys(localStorage), ...(await indexedDB.databases())]);
  await shopOn(other).say('in memory alone');
  await expect(other.locator('.fd-message-unsent')).toHaveCount(0);
  await expect(one.locator('.fd-message')).toHaveCount(0);
  expect(await kept()).toEqual([]);
  await context.close();
});
