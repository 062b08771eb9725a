import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

test('[C6] a visitor and an operator put emoji where the caret stands, with the mouse (en)', async ({
  visitor,
  operator,
}) => {
  const shop = await visitor();
  const { page, composer } = shop;
  await shop.channel('chat');
  const button = page.getByRole('button', { name: 'Emoji' });
  const picker = page.getByRole('group', { name: 'Emoji' });
  await composer.fill('Hello there');
  await composer.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5));
  await button.click();
  await picker.getByRole('button', { name: 'wave' }).click();
  await expect(composer).toHaveValue('Hello👋 there');
  await expect(composer).toBeFocused();
  await expect(picker).toBeHidden();
  await page.keyboard.type('!');
  await expect(composer).toHaveValue('Hello👋! there');
  // A press elsewhere puts it away.
  await button.click();
  await expect(picker).toBeVisible();
  await page.locator('.fd-title').click();
  await expect(picker).toBeHidden();
  await composer.press('Enter');

  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('Hello👋! there');
  await desk.composer.fill('Thanks');
  await desk.page.getByRole('button', { name: 'Emoji' }).click();
  const grids = desk.page.getByRole('group', { name: 'Emoji' });
  await grids.getByRole('button', { name: 'parcel' }).click();
  await expect(desk.composer).toBeFocused();
  await expect(desk.composer).toHaveValue('Thanks📦');
  await desk.composer.press('Enter');
  await expect(page.locator('.fd-message').filter({ hasText: 'Thanks📦' })).toBeVisible();
});

test('[C6] emoji by keyboard alone, in Russian and in English words; those used last come first (ru)', async ({
  visitor,
}) => {
  const shop = await visitor({ locale: 'ru', device: DESKTOP });
  const { page, composer } = shop;
  await shop.channel('chat');
  const button = page.getByRole('button', { name: 'Эмодзи' });
  const picker = page.getByRole('group', { name: 'Эмодзи' });
  const focused = (name: string) => expect(picker.getByRole('button', { name, exact: true }).first()).toBeFocused();
  const open = async () => {
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(picker.getByRole('textbox')).toBeFocused();
  };
  await open();
  await page.keyboard.press('Escape');
  await expect(picker).toBeHidden();
  await expect(shop.window).toBeVisible();
  await expect(button).toBeFocused();

  await open();
  await page.keyboard.type('посыл');
  await page.keyboard.press('Enter');
  await expect(composer).toHaveValue('📦');
  await open();
  await page.keyboard.type('courier');
  await page.keyboard.press('ArrowDown');
  await focused('доставка');
  await page.keyboard.press('ArrowRight');
  await focused('мопед');
  await page.keyboard.press('Enter');
  await expect(composer).toHaveValue('📦🛵');

  await open();
  await expect(picker.getByRole('grid').first()).toHaveAccessibleName('Недавние');
  await page.keyboard.press('ArrowDown');
  await focused('мопед');
  await page.keyboard.press('End');
  await focused('посылка');
  // On into the next group, in the same column.
  await page.keyboard.press('ArrowDown');
  await focused('смущение');
  await page.keyboard.press('Control+End');
  await focused('финиш');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('ъъъ');
  await expect(picker.getByRole('status')).toHaveText('Ничего не нашлось. Попробуйте другое слово.');
});

test('[C6] where a keyboard on glass brings its own emoji the button is left out', async ({ visitor }) => {
  const shop = await visitor({ device: PHONE });
  await shop.channel('chat');
  await expect(shop.composer).toBeVisible();
  await expect(shop.page.locator('.fd-emoji')).toBeHidden();
});
