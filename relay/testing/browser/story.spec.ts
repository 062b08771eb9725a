import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

/** The main job, from the first page to the closed conversation. */
for (const locale of ['en', 'ru'] as const)
  for (const [name, device] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)
    test(`a visitor and an operator talk (${locale}, ${name})`, async ({ visitor, operator }) => {
      const question = locale === 'ru' ? `Здравствуйте, улун есть? ${name}` : `Hello, is the oolong back? ${name}`;
      const shop = await visitor({ locale, device });
      const desk = await operator({ locale });

      // The visitor looks for an answer and reads an article inside the widget.
      await shop.open();
      await shop.page.locator('.fd-search input').first().click();
      await shop.page
        .locator('.fd-search input')
        .last()
        .fill(locale === 'ru' ? 'достафка' : 'delivry');
      await shop.page.locator('.fd-result').first().click();
      await expect(shop.page.locator('.fd-article h1, .fd-article h2').first()).toBeVisible();

      // Then asks. The operator sees who it is, where they are, and that they wait.
      await shop.channel('chat');
      await shop.say(question);
      await desk.view('unassigned');
      await expect(desk.row(question)).toBeVisible();
      await desk.openRow(question);
      const card = desk.page.getByRole('complementary', { name: desk.words.conversation.person });
      await expect(card).toContainText('127.0.0.1');
      await expect(card).toContainText(`/demo/${locale}/`);

      // Typing goes both ways.
      await shop.composer.fill(locale === 'ru' ? 'Ещё' : 'And');
      await expect(desk.page.getByText(desk.words.conversation.typing('').trim()).first()).toBeVisible();
      await shop.composer.fill('');
      await desk.composer.pressSequentially('…');
      await expect(shop.page.locator('.fd-typing')).toBeVisible();
      await desk.composer.fill('');

      await desk.page.getByRole('button', { name: desk.words.conversation.take }).click();
      await expect(desk.page.getByText(desk.words.conversation.withYou)).toBeVisible();
      const answer = locale === 'ru' ? 'Да, привезли утром' : 'It came this morning';
      await desk.say(answer);
      await expect(shop.messages.filter({ hasText: answer })).toBeVisible();
      // The visitor's message is marked as read, and so is the operator's.
      await expect(
        shop.window.getByText(shop.words.read).or(shop.window.getByLabel(shop.words.read)).first(),
      ).toBeAttached();
      await expect(
        desk.page
          .getByText(desk.words.conversation.marks.read)
          .or(desk.page.getByLabel(desk.words.conversation.marks.read))
          .first(),
      ).toBeAttached();

      await desk.closeConversation();
      await expect(shop.window.getByText(shop.more.closed)).toBeVisible();
    });

test('an e-mail form with extra fields becomes a conversation with a reference', async ({ visitor, operator }) => {
  const shop = await visitor({ device: DESKTOP });
  const desk = await operator();
  await shop.channel('email');
  const form = shop.page.locator('.fd-form');
  await form.getByRole('button', { name: shop.words.send }).click();
  await expect(form.getByText(shop.more.required).first()).toBeVisible();
  await form.getByLabel(shop.words.name).fill('Ann Field');
  await form.getByLabel(shop.words.mail, { exact: false }).first().fill('ann');
  await form.getByRole('button', { name: shop.words.send }).click();
  await expect(form.getByText(shop.more.badEmail)).toBeVisible();
  await form.getByLabel(shop.words.mail, { exact: false }).first().fill('ann@example.com');
  await form.locator('select').first().selectOption({ index: 1 });
  await form.locator('textarea').last().fill('The lid does not close');
  await form.getByLabel(/order/i).first().fill('4821');
  // However often it is pressed, it is sent once.
  await form.getByRole('button', { name: shop.words.send }).dblclick();
  const reference = await shop.window.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();

  await desk.view('unassigned');
  await desk.openRow('The lid does not close');
  await expect(desk.log).toContainText(reference);
  await expect(desk.log).toContainText('4821');
  await expect(desk.row('Ann Field')).toHaveCount(1);
  await expect(desk.page.getByRole('complementary')).toContainText('ann@example.com');
  // The answer reaches the visitor in the widget.
  await desk.say('We send a new lid today');
  await expect(
    shop.page
      .locator('.fd-launcher-badge')
      .or(shop.messages.filter({ hasText: 'We send a new lid today' }))
      .first(),
  ).toBeVisible();
});

test('messenger links lead out, with a QR code on the desktop', async ({ visitor }) => {
  const shop = await visitor();
  await shop.channel('messengers');
  const telegram = shop.page
    .locator('.fd-messenger a[href^="https://t.me/"], a.fd-messenger[href^="https://t.me/"]')
    .first();
  await expect(telegram).toHaveAttribute('target', '_blank');
  await expect(telegram).toHaveAttribute('rel', /noopener/);
  await expect(telegram).toHaveAttribute('href', /\?text=Visit%20\d+-1\.%20$/);
  await shop.page.getByRole('button', { name: shop.words.qr }).first().click();
  await expect(shop.window.locator('svg path, canvas').last()).toBeVisible();
});
