import { en } from '../../console/locales/en.ts';
import { signIn } from './desk.ts';
import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

test('a wrong sign-in is refused in words, the right one opens the console', async ({ browser, relay }) => {
  const page = await browser.newPage({ locale: 'en-US' });
  await signIn(page, relay.url, { email: relay.owner.email, password: 'not the password' }, en);
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByRole('navigation', { name: en.shell.views })).toHaveCount(0);
  await signIn(page, relay.url, relay.owner, en);
  await expect(page.getByRole('navigation', { name: en.shell.views })).toBeAttached();
  await page.close();
});

test('[R2] two operators take at once: one gets it, the other is told who has it', async ({
  visitor,
  operator,
  colleague,
}) => {
  const boris = { name: 'Boris', email: `boris-${Date.now()}@shop.example`, password: 'another good one' };
  await colleague(boris);
  const first = await operator();
  const second = await operator({ credentials: boris });
  const shop = await visitor();
  await shop.channel('chat');
  await shop.say('who takes me');
  for (const desk of [first, second]) {
    await desk.view('unassigned');
    await desk.openRow('who takes me');
  }
  // By keyboard, so that neither waits until the other's taking has come through.
  for (const desk of [first, second]) await desk.page.getByRole('heading', { level: 2 }).first().click();
  await Promise.all([first, second].map((desk) => desk.page.keyboard.press('t')));
  await expect
    .poll(async () => {
      const mine = await Promise.all(
        [first, second].map((desk) => desk.page.getByText(en.conversation.withYou).isVisible()),
      );
      return mine.filter(Boolean).length;
    })
    .toBe(1);
  const told = await Promise.all(
    [first, second].map(async (desk) =>
      (await desk.page.locator('body').innerText()).includes('has this conversation'),
    ),
  );
  const withOther = await Promise.all(
    [first, second].map((desk) =>
      desk.page
        .getByText(/^With /)
        .first()
        .isVisible(),
    ),
  );
  expect(told.some(Boolean) || withOther.some(Boolean)).toBe(true);
});

test('settings reach the widget: channels, colour and a field of the form', async ({ visitor, api }) => {
  const site = (await api('GET', 'sites/demo')) as {
    settings: { channels: string[]; color: string; form: { fields: unknown[] } };
  };
  const { settings } = site;
  await api('PATCH', 'sites/demo', { settings: { ...settings, channels: ['email'], color: '#7c3aed' } });
  const shop = await visitor();
  await shop.open();
  // A site with one channel goes straight to it.
  await expect(shop.page.locator('.fd-form')).toBeVisible();
  await api('PATCH', 'sites/demo', { settings });
});

for (const [name, device] of [
  ['desktop', { viewport: { width: 1440, height: 900 } }],
  ['phone', PHONE],
] as const)
  test(`the console has every settings page and can be used on a ${name}`, async ({ operator, visitor }) => {
    const shop = await visitor({ device: DESKTOP });
    await shop.channel('chat');
    await shop.say(`seen on a ${name}`);
    const desk = await operator({ device });
    await desk.view('unassigned');
    await desk.openRow(`seen on a ${name}`);
    await desk.say(`answered from a ${name}`);
    await expect(shop.messages.filter({ hasText: `answered from a ${name}` })).toBeVisible();
    for (const [address, title] of Object.entries(en.pages)) {
      await desk.page.goto(`${desk.page.url().split('/console/')[0]}/console/demo/settings/${address}`);
      await expect(desk.page.getByRole('heading', { name: title }).first()).toBeVisible();
      const overflow = await desk.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${title} overflows`).toBeLessThanOrEqual(0);
    }
  });
