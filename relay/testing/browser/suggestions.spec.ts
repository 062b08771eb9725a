import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { frontdesk, shopOn } from './shop.ts';

const titles = (page: Page) => page.locator('.fd-home .fd-result b').allTextContents();

test('[K4] the home screen begins with what fits the page; another page has the popular ones', async ({ visitor }) => {
  const shop = await visitor({ path: 'delivery' });
  await shop.open();
  await expect(shop.page.locator('.fd-home .fd-result')).toHaveCount(4);
  const fitting = await titles(shop.page);
  expect(fitting.slice(0, 2).sort()).toEqual(['Delivery times and prices', 'International delivery']);
  expect(new Set(fitting).size).toBe(4);
  const other = await visitor({ path: 'product/darjeeling' });
  await other.open();
  await expect(other.page.locator('.fd-home .fd-result')).toHaveCount(4);
  expect(await titles(other.page)).not.toContain('International delivery');
});

test('[K4] a single-page site moves on: suggestions follow, nothing jumps, and no more of the address is told', async ({
  page,
  relay,
  hostPage,
}) => {
  const { url } = await hostPage(
    `<!doctype html><html lang="en"><title>Home</title><h1 id="h">Home</h1>
     <button data-frontdesk-open="search" data-frontdesk-query="gift card">Ask</button>
     <script async src="${relay.url}/widget.js" data-site="demo"></script></html>`,
  );
  const asked: URLSearchParams[] = [];
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.pathname === '/api/visitor/articles') asked.push(address.searchParams);
  });
  await page.route('**/api/visitor/articles?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
  });
  await page.goto(`${url}?secret=1`);
  const shop = shopOn(page);
  await shop.open();
  // While the answer is on its way its place is kept.
  const place = async () => (await page.locator('.fd-channels').boundingBox())?.y;
  await expect(page.locator('.fd-home .fd-skeleton')).toBeVisible();
  await expect(page.locator('.fd-window')).toHaveCSS('opacity', '1');
  await page
    .locator('.fd-window')
    .evaluate((node) => Promise.all(node.getAnimations().map(({ finished }) => finished)));
  const before = await place();
  await expect(page.locator('.fd-home .fd-result')).toHaveCount(4);
  expect(await place()).toEqual(before);

  const move = (path: string, title: string) =>
    page.evaluate(
      ([to = '', name = '']) => {
        history.pushState(null, '', to);
        (document.querySelector('#h') as HTMLElement).textContent = name;
        setTimeout(() => {
          document.title = name;
        }, 100);
      },
      [path, title],
    );
  await move('/orders/10442/gift-wrapping?token=secret#frag', 'Gift wrapping');
  await expect(page.locator('.fd-home .fd-result').first()).toHaveText('Gift wrapping and postcards');
  expect(await place()).toEqual(before);

  // Moved while the window is shut: the next opening looks anew.
  await page.getByRole('button', { name: shop.words.close }).first().click();
  await move('/care/teaware', 'Teaware care');
  await shop.open();
  await expect(page.locator('.fd-home .fd-result').first()).toContainText('Teaware care');
  for (const query of asked) expect(String(query)).not.toMatch(/secret|frag|token/);
  expect(asked.map((query) => query.get('page')?.replace(/^https?:\/\/[^/]+/, ''))).toEqual([
    ...['/', '/orders/10442/gift-wrapping', '/care/teaware'],
  ]);

  // What the page gives stays until its address changes; `suggest()` looks at the page again.
  await frontdesk(page, 'suggest', ['tracking', 'no-such-article']);
  await expect(page.locator('.fd-home .fd-result')).toHaveCount(1);
  await frontdesk(page, 'suggest', { query: 'courier' });
  await expect(page.locator('.fd-home .fd-result').first()).toContainText(/deliver/i);
  await frontdesk(page, 'suggest');
  await expect(page.locator('.fd-home .fd-result').first()).toContainText('Teaware care');

  await frontdesk(page, 'close');
  await page.getByRole('button', { name: 'Ask' }).click();
  await expect(page.locator('.fd-search input')).toHaveValue('gift card');
  await expect(page.locator('.fd-result').first()).toContainText('Gift card');
});
