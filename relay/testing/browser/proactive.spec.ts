import { expect, test } from './fixtures.ts';

const trigger = (name: string, page: string) => ({
  name,
  enabled: true,
  conditions: [
    { type: 'page', match: 'contains', value: page },
    { type: 'time-on-page', seconds: 1 },
  ],
  text: { en: `May I help with ${name}?`, ru: `Помочь с «${name}»?` },
  show: 'bubble',
  position: 0,
});

test('an invitation shows by itself, once; its text becomes part of the conversation when it is answered', async ({
  visitor,
  operator,
  api,
}) => {
  await api('POST', 'sites/demo/triggers', trigger('contacts', '/demo/en/contacts'));
  const desk = await operator();
  const shop = await visitor({ path: 'contacts' });
  const invitation = shop.page.locator('.fd-invitation');
  await expect(invitation).toContainText('May I help with contacts?');
  await invitation.getByText('May I help with contacts?').click();
  await expect(shop.composer).toBeVisible();
  await shop.say('Yes please, where are you?');
  await desk.view('unassigned');
  await desk.openRow('Yes please, where are you?');
  await expect(desk.log).toContainText('May I help with contacts?');
  await shop.page.reload();
  await shop.page.waitForTimeout(2_500);
  await expect(invitation).toHaveCount(0);
});

test('a dismissed invitation does not come back', async ({ visitor, api }) => {
  await api('POST', 'sites/demo/triggers', trigger('cart', '/demo/en/cart'));
  const shop = await visitor({ path: 'cart' });
  const invitation = shop.page.locator('.fd-invitation');
  await expect(invitation).toContainText('May I help with cart?');
  await shop.page.getByRole('button', { name: shop.words.dismiss }).click();
  await expect(invitation).toHaveCount(0);
  await shop.page.reload();
  await shop.page.waitForTimeout(2_500);
  await expect(invitation).toHaveCount(0);
});

test('[P1] an operator writes first to somebody who only looks around', async ({ visitor, operator }) => {
  const desk = await operator();
  const shop = await visitor({ path: 'delivery' });
  await desk.view('on-site');
  const row = desk.page.getByRole('link').filter({ hasText: '/demo/en/delivery' }).first();
  await row.click();
  await expect(desk.page.getByPlaceholder(desk.words.composer.placeholderFirst)).toBeVisible();
  await desk.say('Looking for anything special?');
  await expect(shop.page.locator('.fd-invitation')).toContainText('Looking for anything special?');
  await shop.page.locator('.fd-invitation').getByText('Looking for anything special?').click();
  await shop.say('Yes, a gift');
  await expect(desk.log.getByText('Yes, a gift')).toBeVisible();
});
