import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

test.use({ onDuty: false });
test.describe.configure({ mode: 'serial' });

const settingsOf = async (api: (method: string, path: string, body?: unknown) => Promise<unknown>) =>
  ((await api('GET', 'sites/demo')) as { settings: Record<string, unknown> }).settings;

for (const locale of ['en', 'ru'] as const)
  for (const [name, device] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)
    test(`[AV3, AV4] outside of the hours the form takes the chat’s place and says who is back when (${locale}, ${name})`, async ({
      visitor,
      api,
    }) => {
      const settings = await settingsOf(api);
      // Open for a minute, once a week, on a day that is not today.
      const day = (new Date().getUTCDay() + 6 + 3) % 7;
      const week = Array.from({ length: 7 }, (_, at) => (at === day ? [{ from: '12:00', to: '12:01' }] : []));
      await api('PATCH', 'sites/demo', { settings: { ...settings, hours: { on: true, timeZone: 'UTC', week } } });
      const shop = await visitor({ locale, device });
      const back = locale === 'ru' ? /Вернёмся (завтра|во? \p{L}+) в \d+:\d\d/u : /We are back on \w+ at \d+:\d\d/;
      await shop.open();
      await expect(shop.page.locator('.fd-channel-chat')).toContainText(back);
      await shop.channel('chat');
      await expect(shop.page.locator('.fd-away-note')).toContainText(back);
      await expect(shop.page.locator('.fd-away-note')).toBeInViewport();
      await expect(shop.composer).toHaveCount(0);
      const form = shop.page.locator('.fd-away .fd-form');
      await form.getByLabel(shop.words.mail, { exact: false }).first().fill('ann@example.com');
      await form.locator('select').first().selectOption({ index: 1 });
      await form.locator('textarea').last().fill(`Written at night, ${locale} ${name}`);
      await form.getByRole('button', { name: shop.words.send }).click();
      await expect(shop.window.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toBeVisible();
      await api('PATCH', 'sites/demo', { settings });
    });

test('[AV3, AV5] an operator comes: the chat opens without a reload; the last one goes: the chat waits and says so', async ({
  visitor,
  operator,
}) => {
  const shop = await visitor();
  await shop.channel('chat');
  await expect(shop.page.locator('.fd-away-note')).toBeVisible();
  await shop.page.locator('.fd-away .fd-form textarea').last().fill('Is anybody there?');
  const desk = await operator();
  // What was written for the form goes on in the chat.
  await expect(shop.composer).toHaveValue('Is anybody there?');
  await shop.composer.press('Enter');
  await desk.view('unassigned');
  await desk.openRow('Is anybody there?');
  await desk.say('Yes, I am');
  await shop.composer.fill('Half a sentence');

  const account = desk.page.getByRole('button', { name: desk.words.shell.account });
  await account.click();
  await desk.page.getByRole('button', { name: desk.words.shell.signOut }).click();
  await expect(shop.page.locator('.fd-away-note')).toContainText(shop.more.keeps);
  await expect(shop.messages.filter({ hasText: 'Yes, I am' })).toBeVisible();
  await expect(shop.composer).toHaveValue('Half a sentence');
  await shop.say('I wait here');
  await shop.composer.fill('Or rather by e-mail');
  await shop.page.getByRole('button', { name: shop.more.writeMail }).click();
  await expect(shop.page.locator('.fd-form textarea').last()).toHaveValue('Or rather by e-mail');
});
