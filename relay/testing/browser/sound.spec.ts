import type { Page } from '@playwright/test';
import { DESKTOP, expect, PHONE, test } from './fixtures.ts';
import { hold } from './hold.ts';
import { shopOn } from './shop.ts';

/** Counts the notes that a page begins to play; each ring has two. */
const listen = (page: Page) =>
  page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    Object.assign(globalThis, { notes: 0 });
    OscillatorNode.prototype.start = function (...args) {
      (globalThis as unknown as { notes: number }).notes++;
      return start.apply(this, args);
    };
  });
const notesOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { notes: number }).notes);

for (const [name, locale, device] of [
  ['desktop', 'en', DESKTOP],
  ['phone', 'ru', PHONE],
] as const)
  test(`a message rings once in all tabs, while the window is closed; the visitor can turn it off (${locale}, ${name})`, async ({
    visitor,
    operator,
  }) => {
    const words = `Will it ring on a ${name}`;
    const shop = await visitor({ locale, device });
    const said: string[] = [];
    const { page } = shop;
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await listen(page);
    await page.reload();
    await shop.channel('chat');
    await shop.say(words);
    const desk = await operator();
    await desk.view('unassigned');
    await desk.openRow(words);
    const close = shop.page.getByRole('button', { name: shop.words.close, exact: true });

    // The window is open and in sight: nothing rings.
    await desk.say('Alpha');
    await expect(shop.messages.filter({ hasText: 'Alpha' })).toBeVisible();
    expect(await notesOf(page)).toBe(0);

    await close.first().click();
    const other = await page.context().newPage();
    await listen(other);
    await other.goto(page.url());
    await other.mouse.click(5, 5);
    await expect(other.locator('.fd-launcher')).toBeVisible();
    await desk.say('Beta');
    for (const one of [page, other]) await expect(one.locator('.fd-invitation')).toContainText('Beta');
    await expect.poll(async () => (await notesOf(page)) + (await notesOf(other))).toBe(2);

    await page.bringToFront();
    await shop.channel('chat');
    await page.locator('.fd-more').click();
    await page.getByRole('button', { name: shop.more.soundOff }).click();
    await page.locator('.fd-more').click();
    await expect(page.getByRole('button', { name: shop.more.soundOn })).toBeVisible();
    await close.first().click();
    await desk.say('Gamma');
    for (const one of [page, other]) await expect(one.locator('.fd-invitation')).toContainText('Gamma');
    expect((await notesOf(page)) + (await notesOf(other))).toBe(2);
    expect(said.filter((text) => /audio|gesture|error/i.test(text))).toEqual([]);
  });

test('what comes while a page is still loading shows and rings as all that comes later', async ({
  visitor,
  operator,
}) => {
  const shop = await visitor({ device: DESKTOP });
  await shop.channel('chat');
  await shop.say('Does it come between two pages?');
  await shop.page.keyboard.press('Escape');
  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('Does it come between two pages?');
  // The session has been answered, and what makes the connection is not there yet.
  const load = await hold(shop.page, '**/live-*.js');
  await shop.page.reload();
  await expect(shop.launcher).toBeVisible();
  const heard = shop.page.evaluate(
    () =>
      new Promise((resolve) => {
        (window as unknown as { Frontdesk(...call: unknown[]): void }).Frontdesk('on', 'message:received', resolve);
      }),
  );
  await desk.say('It does');
  load();
  await expect(shop.page.locator('.fd-invitation')).toContainText('It does');
  expect(await heard).toMatchObject({ text: 'It does' });
  await expect(shop.page.locator('.fd-launcher-badge')).toHaveText('1');
  await shop.open();
  await expect(shop.messages).toHaveCount(2);
});

test('a page that nobody has touched stays silent, without a word in its console', async ({ visitor, operator }) => {
  const shop = await visitor();
  await shop.channel('chat');
  await shop.say('Psst');
  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('Psst');
  await shop.page.getByRole('button', { name: shop.words.close, exact: true }).first().click();
  const said: string[] = [];
  // Whatever a test does to a page counts as a touch, so that the browser's answer to this one question is put in its place.
  const page = await shop.page.context().newPage();
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  let welcomes = 0;
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).startsWith('{"type":"welcome"')) welcomes++;
    }),
  );
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false, isActive: false } }),
  );
  await listen(page);
  await page.goto(shop.page.url());
  await shop.page.close();
  await expect(shopOn(page).launcher).toBeVisible();
  // What came before the line was welcome is told by the number on the launcher alone.
  await expect.poll(() => welcomes).toBeGreaterThan(0);
  await desk.say('Hello?');
  await expect(page.locator('.fd-invitation')).toContainText('Hello?');
  expect(await notesOf(page)).toBe(0);
  expect(said).toEqual([]);
});
