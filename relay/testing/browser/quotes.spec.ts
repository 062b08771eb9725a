import { contentWords } from '../../../widget/content/words.ts';
import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

for (const [locale, name, device] of [
  ['en', 'desktop', DESKTOP],
  ['ru', 'phone', PHONE],
] as const)
  test(`[C6] both sides quote, and a quote leads to its message (${locale}, ${name})`, async ({
    visitor,
    operator,
  }) => {
    const words = contentWords[locale];
    const shop = await visitor({ locale, device });
    const desk = await operator({ locale });
    const { page } = desk;
    const { message: text } = desk.words.conversation;
    const question = `Which tea is the oldest? ${locale} ${name}`;
    await shop.channel('chat');
    await shop.say(question);
    await desk.view('unassigned');
    await desk.openRow(question);

    // The operator answers one message of the visitor's.
    const row = page.locator('.message-row').filter({ hasText: question });
    await row.hover();
    await row.getByRole('button', { name: text.menu }).click();
    await page.getByRole('button', { name: text.quote, exact: true }).click();
    await expect(desk.composer).toBeFocused();
    await desk.say('The Pu-erh of 1998');
    const answer = shop.page.locator('.fd-message-operator').filter({ hasText: '1998' });
    await expect(answer.locator('.fd-quote')).toContainText(question);
    await expect(answer.locator('.fd-quote')).toContainText(words.you);

    // The visitor answers that one.
    if (name === 'phone') await answer.tap();
    else await answer.hover();
    await answer.getByRole('button', { name: words.answer }).click();
    await expect(shop.page.locator('.fd-answering')).toContainText('1998');
    await shop.say('How much is it?');
    const asked = shop.messages.filter({ hasText: 'How much' });
    await expect(asked.locator('.fd-quote')).toContainText('1998');
    await expect(shop.page.locator('.fd-answering')).toHaveCount(0);
    await expect(desk.log.locator('.quote').last()).toContainText('1998');
    await asked.locator('.fd-quote').click();
    await expect(answer).toHaveClass(/fd-found/);
    await desk.log.locator('.quote').last().click();
    await expect(page.locator('.message-row.message-found')).toContainText('1998');
    if (process.env.SHOTS) {
      await shop.page.screenshot({ path: `${process.env.SHOTS}/quote-widget-${locale}.png` });
      await page.screenshot({ path: `${process.env.SHOTS}/quote-console-${locale}.png` });
    }

    // What is deleted later is in no quote any more, nor after a reload.
    const mine = page.locator('.group-mine .message-row').filter({ hasText: 'The Pu-erh' });
    await mine.hover();
    await mine.getByRole('button', { name: text.menu }).click();
    await page.getByRole('button', { name: text.delete, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: text.delete, exact: true }).click();
    await expect(asked.locator('.fd-quote')).toContainText(words.deleted);
    await shop.page.reload();
    await shop.channel('chat');
    await expect(asked.locator('.fd-quote')).toContainText(words.deleted);
    await expect(shop.page.getByText('1998')).toHaveCount(0);
  });
