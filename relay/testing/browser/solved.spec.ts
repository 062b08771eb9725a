import AxeBuilder from '@axe-core/playwright';
import { DESKTOP, expect, PHONE, test } from './fixtures.ts';

test.describe.configure({ mode: 'serial' });

for (const locale of ['en', 'ru'] as const)
  for (const [name, device] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)
    test(`[CL6, CL7] an operator asks whether it is solved: «no» goes on, «yes» closes and is rated (${locale}, ${name})`, async ({
      visitor,
      operator,
      api,
    }) => {
      const { settings } = (await api('GET', 'sites/demo')) as { settings: object };
      await api('PATCH', 'sites/demo', { settings: { ...settings, askSolved: { on: true, hours: 24 } } });
      const words = `${locale === 'ru' ? 'Где мой заказ' : 'Where is my order'} ${name}`;
      const shop = await visitor({ locale, device });
      const desk = await operator({ locale });
      const { conversation: text } = desk.words;
      const main = desk.page.getByRole('main');
      await shop.channel('chat');
      await shop.say(words);
      await desk.view('unassigned');
      await desk.openRow(words);
      await desk.say('42');

      const question = shop.page.locator('.fd-solved');
      await main.getByRole('button', { name: text.askSolved }).click();
      await expect(question).toBeVisible();
      await expect(question).toBeInViewport();
      await expect(shop.composer).toBeVisible();
      await expect(main.getByRole('button', { name: text.closeNow })).toBeVisible();
      const { violations } = await new AxeBuilder({ page: shop.page }).include('frontdesk-widget').analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await question.getByRole('button', { name: shop.more.solvedNo }).click();
      await expect(question).toHaveCount(0);
      await expect(desk.log).toContainText(text.notSolved);

      await main.getByRole('button', { name: text.askSolved }).click();
      await question.getByRole('button', { name: shop.more.solvedYes }).click();
      await expect(shop.page.locator('.fd-rating')).toBeVisible();
      await expect(question).toHaveCount(0);
      await expect(desk.log).toContainText(text.solved);
      await api('PATCH', 'sites/demo', { settings });
    });
