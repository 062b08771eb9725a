import { expect, test } from './fixtures.ts';

const EVENTS = /\/conversations\/[^/]+\/events\?/;

for (const locale of ['en', 'ru'] as const)
  test(`what cannot be shown takes neither the console nor what was written away (${locale})`, async ({
    visitor,
    operator,
  }) => {
    for (const text of [`A sound chat ${locale}`, `A broken chat ${locale}`]) {
      const shop = await visitor({ locale });
      await shop.channel('chat');
      await shop.say(text);
    }
    const desk = await operator({ locale });
    const { page, words } = desk;
    await desk.view('unassigned');
    await desk.openRow(`A broken chat ${locale}`);
    await desk.composer.fill('Half an answer');

    // An answer that no relay gives stands for a fault of ours: drawing it throws.
    await page.route(EVENTS, async (route) => {
      const answer = await route.fetch();
      const said = await answer.json();
      for (const event of said.events) event.text = 7;
      return route.fulfill({ response: answer, json: said });
    });
    await page.reload();
    const detail = page.locator('#detail');
    await expect(detail.getByRole('alert')).toContainText(words.shell.broken);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/broken-${locale}.png` });

    // Beside it everything goes on.
    await page.unroute(EVENTS);
    await desk.openRow(`A sound chat ${locale}`);
    await desk.say('You are answered');
    await desk.row(`A broken chat ${locale}`).click();
    await page.getByRole('button', { name: words.shell.reload }).click();
    await expect(desk.log).toContainText(`A broken chat ${locale}`);
    await expect(desk.composer).toHaveValue('Half an answer');
  });

test('settings of a relay that was updated meanwhile are asked for with a new page', async ({ operator }) => {
  const { page, words } = await operator();
  await page.route('**/console/assets/settings-*.js', (route) => route.fulfill({ status: 404 }));
  await page.goto(page.url().replace(/\/console\/.*/, '/console/demo/settings/site'));
  await expect(page.getByRole('alert')).toContainText(words.shell.broken);
  await page.unroute('**/console/assets/settings-*.js');
  await page.getByRole('button', { name: words.shell.reload }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Site', exact: true })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
