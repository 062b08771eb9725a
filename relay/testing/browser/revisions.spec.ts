import { contentWords } from '../../../widget/content/words.ts';
import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

for (const [locale, name, device] of [
  ['en', 'desktop', DESKTOP],
  ['ru', 'phone', PHONE],
] as const)
  test(`[R8] an operator edits and deletes a message while the visitor looks (${locale}, ${name})`, async ({
    visitor,
    operator,
  }) => {
    const shop = await visitor({ locale, device });
    const desk = await operator({ locale });
    const { page, words } = desk;
    const { message: text } = words.conversation;
    const question = `Is it open? ${locale} ${name}`;
    await shop.channel('chat');
    await shop.say(question);
    await desk.view('unassigned');
    await desk.openRow(question);
    await desk.say('We are open untill 8');
    await expect(shop.messages.filter({ hasText: 'untill' })).toBeVisible();

    // By keyboard alone: the menu of one's own message, the composer, Esc.
    const row = page.locator('.message-row').filter({ hasText: 'untill' });
    const edit = page.getByRole('button', { name: text.edit, exact: true });
    await row.getByRole('button', { name: text.menu }).focus();
    await page.keyboard.press('Enter');
    // The first item gets the focus, a moment after the menu is there.
    await expect(row.locator('.menu-item').first()).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(edit).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(desk.composer).toBeFocused();
    await expect(desk.composer).toHaveValue('We are open untill 8');
    await page.keyboard.press('Escape');
    await expect(desk.composer).toHaveValue('');

    await row.hover();
    await row.getByRole('button', { name: text.menu }).click();
    await page.getByRole('button', { name: text.edit, exact: true }).click();
    await desk.composer.fill('We are open until 8');
    await desk.composer.press('Enter');
    await expect(desk.log.getByText(text.editedBy(''))).toBeVisible();
    await expect(shop.messages.filter({ hasText: 'untill' })).toHaveCount(0);
    await expect(shop.messages.filter({ hasText: 'until 8' })).toContainText(contentWords[locale].edited);

    // What the visitor wrote can be answered, and no more.
    await page.locator('.message-row').filter({ hasText: question }).getByRole('button').first().click();
    await expect(page.locator('.popover:popover-open').getByRole('button')).toHaveText([text.quote]);
    await page.keyboard.press('Escape');

    await page.locator('.message-row').filter({ hasText: 'until 8' }).hover();
    await page.getByRole('button', { name: text.menu }).last().click();
    await page.getByRole('button', { name: text.delete, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: text.delete, exact: true }).click();
    await expect(shop.messages.filter({ hasText: contentWords[locale].deleted })).toBeVisible();
    await expect(shop.messages.filter({ hasText: 'until 8' })).toHaveCount(0);
    await expect(desk.log.getByText(text.deleted)).toBeVisible();
    if (process.env.SHOTS) {
      await shop.page.screenshot({ path: `${process.env.SHOTS}/revised-widget-${locale}.png` });
      await page.screenshot({ path: `${process.env.SHOTS}/revised-console-${locale}.png` });
    }

    await desk.view('mine');
    await expect(desk.row(text.deleted)).toBeVisible();

    // Nor after a reload.
    await shop.page.reload();
    await shop.channel('chat');
    await expect(shop.messages.filter({ hasText: contentWords[locale].deleted })).toBeVisible();
    await expect(shop.page.getByText('until 8')).toHaveCount(0);
  });
