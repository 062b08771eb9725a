import AxeBuilder from '@axe-core/playwright';
import { knowledgeWords } from '../../../widget/knowledge-more/words.ts';
import { DESKTOP, expect, PHONE, test } from './fixtures.ts';
import { frontdesk, shopOn } from './shop.ts';

test.describe.configure({ mode: 'serial' });

interface Listed {
  articles: { slug: string; locale: string; counts: { views: number; helped: number; notHelped: number } }[];
}

for (const [locale, device] of [
  ['en', DESKTOP],
  ['ru', PHONE],
] as const)
  test(`[FB1, FB2] an article is read, did not help, and leads to a person; the console shows all of it (${locale})`, async ({
    visitor,
    operator,
    api,
  }) => {
    const words = knowledgeWords[locale];
    const counts = async () =>
      ((await api('GET', 'sites/demo/articles?days=7')) as Listed).articles.find(
        (one) => one.slug === 'returns' && one.locale === locale,
      )?.counts;
    const shop = await visitor({ locale, device });
    const { page } = shop;
    await page.evaluate(() => {
      const all: unknown[] = [];
      Object.assign(window, { voted: all });
      (window as unknown as { Frontdesk(...call: unknown[]): void }).Frontdesk('on', 'article:voted', (one: unknown) =>
        all.push(one),
      );
    });
    await frontdesk(page, 'article', 'returns');
    const vote = page.locator('.fd-vote');
    await expect(vote).toContainText(words.question);
    await expect(page.locator('.fd-ask')).toHaveCount(0);
    await expect.poll(counts).toMatchObject({ views: 1, helped: 0, notHelped: 0 });

    await vote.getByRole('button', { name: words.yes, exact: true }).click();
    await expect(vote.getByRole('status')).toHaveText(words.thanks);
    await expect.poll(counts).toMatchObject({ helped: 1, notHelped: 0 });
    const no = vote.getByRole('button', { name: words.no, exact: true });
    await no.click();
    await expect(no).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(counts).toMatchObject({ views: 1, helped: 0, notHelped: 1 });
    await expect(vote.getByRole('button', { name: shop.words.chat, exact: true })).toBeInViewport();
    const { violations } = await new AxeBuilder({ page }).include('frontdesk-widget').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await vote.getByLabel(words.missing).fill(`Islands? ${locale}`);
    await vote.getByRole('button', { name: words.send }).click();
    await expect(vote.getByRole('status')).toHaveText(words.noted);
    expect(await page.evaluate(() => (window as unknown as { voted: unknown[] }).voted)).toEqual([
      { slug: 'returns', helped: true },
      { slug: 'returns', helped: false },
    ]);

    // On the next page of the visit it is known what they said, and the view is not counted again.
    await page.reload();
    await frontdesk(page, 'article', 'returns');
    await expect(no).toHaveAttribute('aria-pressed', 'true');
    await vote.getByRole('button', { name: shop.words.chat, exact: true }).click();
    await expect(shop.composer).toBeVisible();
    expect(await counts()).toMatchObject({ views: 1, helped: 0, notHelped: 1 });

    const desk = await operator({ locale, device });
    const { articles: text } = desk.words.settings;
    await desk.page.goto(new URL('/console/demo/settings/articles', page.url()).href);
    const row = desk.page.getByRole('listitem').filter({ hasText: text.comments(1) });
    await desk.page.getByLabel(text.order, { exact: true }).selectOption('not-helped');
    await expect(row.filter({ hasText: text.notHelped(1) }).first()).toBeVisible();
    await desk.page.goto(new URL(`/console/demo/settings/articles/${locale}:returns`, page.url()).href);
    await expect(desk.page.getByText(`Islands? ${locale}`)).toBeVisible();
  });

test('[FB4] what was looked for and not found is in the console, once it stands', async ({ visitor, operator }) => {
  const shop = await visitor();
  const told: string[] = [];
  shop.page.on('request', (request) => {
    if (request.url().endsWith('/failed-searches')) told.push(request.postDataJSON().query);
  });
  await frontdesk(shop.page, 'open', 'search');
  const field = shop.page.locator('.fd-search input');
  await field.pressSequentially('Samovarov', { delay: 60 });
  await expect(shop.page.locator('.fd-empty')).toBeVisible();
  await expect.poll(() => told).toEqual(['Samovarov']);
  await field.fill('zqvx@samovarovzq.zq');
  await expect.poll(() => told.length).toBe(2);
  const desk = await operator();
  const { articles: text } = desk.words.settings;
  await desk.page.goto(new URL('/console/demo/settings/articles', shop.page.url()).href);
  await desk.page.getByRole('radio', { name: text.failedSearches }).check();
  await expect(desk.page.locator('.items .item')).toHaveCount(1);
  await expect(desk.page.locator('.items .item')).toContainText(/samovarov.*1 time$/);
});

test('[FB3] before consent nothing is told by itself; a vote is a number, and has no comment', async ({
  page,
  relay,
  hostPage,
  api,
}) => {
  const { url } = await hostPage(
    `<!doctype html><html lang="en"><title>Gift wrapping</title><h1>Gift wrapping</h1>
     <script async src="${relay.url}/widget.js" data-site="demo" data-consent="wait"></script></html>`,
  );
  const asked: string[] = [];
  page.on('request', (request) => {
    const path = request.url().split('/api/visitor/')[1];
    if (path) asked.push(`${path} ${request.headers().authorization ?? ''}`);
  });
  await page.goto(url);
  const shop = shopOn(page);
  await shop.open();
  await expect(page.locator('.fd-result').first()).toBeVisible();
  await page.locator('.fd-result').first().click();
  const vote = page.locator('.fd-vote');
  const no = vote.getByRole('button', { name: knowledgeWords.en.no, exact: true });
  await no.click();
  await expect(no).toBeDisabled();
  await expect(page.locator('.fd-ask')).toBeVisible();
  await expect(vote.locator('textarea')).toHaveCount(0);
  await expect.poll(() => asked.some((one) => one.includes('/votes'))).toBe(true);
  expect(asked.filter((one) => /page=|title=|views|Bearer/.test(one))).toEqual([]);
  const { articles } = (await api('GET', 'sites/demo/articles?days=7&locale=en')) as Listed;
  expect(articles.reduce((sum, { counts }) => sum + counts.notHelped, 0)).toBeGreaterThan(0);
});
