import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { DESKTOP, expect, PHONE, test, watchViolations } from './fixtures.ts';
import { shopOn } from './shop.ts';

for (const locale of ['en', 'ru'] as const)
  for (const [name, device] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)
    test(`[CL1–CL3] a chat is ended by its visitor and rated (${locale}, ${name})`, async ({ visitor, operator }) => {
      const words = `${locale === 'ru' ? 'Разобьётся ли чашка' : 'Will the cup break'} ${name}`;
      const shop = await visitor({ locale, device });
      const desk = await operator({ locale });
      await shop.channel('chat');
      await shop.say(words);
      await desk.view('unassigned');
      await desk.openRow(words);
      await desk.say('No');
      await expect(shop.messages.filter({ hasText: 'No' }).first()).toBeVisible();

      await shop.page.locator('.fd-more').click();
      await shop.page.getByRole('button', { name: shop.more.end }).click();
      await expect(shop.window.getByText(shop.more.closed)).toBeVisible();
      await expect(desk.log).toContainText(desk.words.conversation.endedByVisitor);
      const rating = shop.page.locator('.fd-rating');
      await expect(rating).toBeVisible();
      const { violations } = await new AxeBuilder({ page: shop.page }).include('frontdesk-widget').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await rating.getByLabel('2', { exact: true }).check();
      await rating.getByRole('textbox').fill('Too slow');
      await rating.getByRole('button', { name: shop.more.sendRating }).click();
      await expect(rating).toHaveCount(0);
      await expect(desk.log).toContainText('Too slow');
      await desk.view('closed');
      await expect(desk.row(desk.words.conversation.ratingMark(2)).first()).toBeVisible();
    });

test('[CL4] an operator ends a chat as spam: nothing can be written, until it is taken back', async ({
  visitor,
  operator,
}) => {
  const shop = await visitor();
  const desk = await operator();
  await shop.channel('chat');
  await shop.say('Cheap watches');
  await desk.view('unassigned');
  await desk.openRow('Cheap watches');
  await desk.page.getByRole('button', { name: desk.words.conversation.more }).click();
  await desk.page.getByRole('button', { name: desk.words.conversation.spam }).click();
  await expect(shop.window.getByText(shop.more.ended)).toBeVisible();
  await expect(shop.composer).toHaveCount(0);
  await expect(shop.page.locator('.fd-rating')).toHaveCount(0);
  await shop.page.reload();
  await shopOn(shop.page).open();
  await expect(shop.window.getByText(shop.more.ended)).toBeVisible();
  await shop.channel('email');
  await shop.page.locator('#fd-email').fill('watches@example.com');
  for (const choice of await shop.page.locator('.fd-form select').all()) await choice.selectOption({ index: 1 });
  await shop.page.locator('#fd-message').fill('Cheap watches');
  await shop.page.locator('.fd-form button[type=submit]').click();
  await expect(shop.page.locator('.fd-error[role=alert]')).toHaveText(/ended the conversation/);
  await shop.channel('chat');
  await desk.page.getByRole('button', { name: desk.words.conversation.notSpam }).click();
  await expect(shop.composer).toBeVisible();
  await shop.say('Real watches');
});

test('[CL5] the transcript is a text file, on a page with the strictest policy too', async ({
  hostPage,
  relay,
  browser,
}) => {
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  const violations = watchViolations(page);
  const policy = `default-src 'none'; script-src ${relay.url}; connect-src ${relay.url} ${relay.url.replace('http', 'ws')}; img-src ${relay.url}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const host = await hostPage(
    `<!doctype html><html lang="en"><title>Strict</title><body><script async src="${relay.url}/widget.js" data-site="demo"></script>`,
    { 'content-security-policy': policy },
  );
  await page.goto(host.url);
  const shop = shopOn(page);
  await shop.channel('chat');
  for (let n = 1; n <= 3; n++) await shop.say(`line ${n}`);
  await page.locator('.fd-more').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: shop.more.save }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toMatch(/You:\nline 1\n.*line 2\n.*line 3\n/s);
  expect(download.suggestedFilename()).toMatch(/\.txt$/);
  expect(violations).toEqual([]);
  await page.context().close();
});
