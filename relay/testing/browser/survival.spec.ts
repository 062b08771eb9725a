import { expect, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

test('[CM3] the relay is killed in the middle of a chat: both sides come back, nothing is lost or doubled', async ({
  visitor,
  operator,
  relay,
}) => {
  const shop = await visitor();
  const desk = await operator();
  await shop.channel('chat');
  await shop.say('before the crash');
  await desk.view('unassigned');
  await desk.openRow('before the crash');
  await desk.say('I am here');
  await expect(shop.messages.filter({ hasText: 'I am here' })).toBeVisible();

  await relay.kill();
  await shop.composer.fill('written without a relay');
  await shop.composer.press('Enter');
  await desk.composer.fill('so was this');
  await desk.composer.press('Enter');
  await relay.start();

  for (const text of ['before the crash', 'I am here', 'written without a relay', 'so was this']) {
    await expect(shop.messages.filter({ hasText: text })).toHaveCount(1, { timeout: 30_000 });
    await expect(desk.log.getByText(text, { exact: true })).toHaveCount(1, { timeout: 30_000 });
  }
  await expect(shop.window.getByLabel(shop.words.waits)).toHaveCount(0);
});

test('[OB4] a message written without a network goes out later, also after the tab was closed', async ({
  visitor,
  operator,
}) => {
  const shop = await visitor();
  const desk = await operator();
  await shop.channel('chat');
  await shop.say('first, with a network');
  const { page } = shop;
  const context = page.context();
  await context.setOffline(true);
  await shop.composer.fill('second, without one');
  await shop.composer.press('Enter');
  await expect(shop.messages.filter({ hasText: 'second, without one' })).toBeVisible();
  await page.close();
  await context.setOffline(false);

  const again = await context.newPage();
  await again.goto(page.url());
  await desk.view('unassigned');
  // The outbox goes out as soon as a page is idle; nobody has to open the window.
  await expect(desk.row('second, without one')).toBeVisible({ timeout: 20_000 });
  const back = shopOn(again);
  await back.channel('chat');
  await expect(back.messages.filter({ hasText: 'second, without one' })).toHaveCount(1);
  await expect(back.messages.filter({ hasText: 'first, with a network' })).toHaveCount(1);
});

test('[C4] a reload brings the conversation back, and a second tab shows the same', async ({ visitor, operator }) => {
  const shop = await visitor();
  const desk = await operator();
  await shop.channel('chat');
  await shop.say('shown in both tabs');
  const second = await shop.page.context().newPage();
  await second.goto(shop.page.url());
  const other = shopOn(second);
  await other.channel('chat');
  await expect(other.messages.filter({ hasText: 'shown in both tabs' })).toHaveCount(1);

  await other.say('from the second tab');
  await expect(shop.messages.filter({ hasText: 'from the second tab' })).toHaveCount(1);
  await desk.view('unassigned');
  await desk.openRow('from the second tab');
  await desk.say('to both tabs');
  for (const tab of [shop, other]) await expect(tab.messages.filter({ hasText: 'to both tabs' })).toHaveCount(1);

  await shop.page.reload();
  const reloaded = shopOn(shop.page);
  await reloaded.open();
  if (!(await reloaded.composer.isVisible())) await reloaded.channel('chat');
  for (const text of ['shown in both tabs', 'from the second tab', 'to both tabs'])
    await expect(reloaded.messages.filter({ hasText: text })).toHaveCount(1);
});

for (const [how, block] of [
  ['refused', (close: () => void) => close()],
  ['swallowed', () => {}],
] as const)
  test(`[HS5] WebSocket is ${how} by what stands between: the event stream takes over`, async ({
    visitor,
    operator,
    browser,
  }) => {
    test.slow();
    const desk = await operator();
    const shop = await visitor();
    await shop.page.routeWebSocket(/\/api\/visitor\/socket/, (socket) => block(() => socket.close()));
    await shop.page.reload();
    await shop.channel('chat');
    await shop.say(`without a socket, ${how}`);
    await desk.view('unassigned');
    await expect(desk.row(`without a socket, ${how}`)).toBeVisible({ timeout: 30_000 });
    await desk.openRow(`without a socket, ${how}`);
    await desk.say(`and back, ${how}`);
    await expect(shop.messages.filter({ hasText: `and back, ${how}` })).toBeVisible({ timeout: 15_000 });
    expect(browser.isConnected()).toBe(true);
  });
