import type { Page } from '@playwright/test';
import { contentWords } from '../../../widget/content/words.ts';
import { formWords } from '../../../widget/form-more/words.ts';
import { expect, test } from './fixtures.ts';

const SECONDS = 2;
const slowDown = { code: 'slow-down', message: 'Too much at once.', retryAfterMs: SECONDS * 1_000 };

/** Answers the next request to `path` as a relay does that was asked too often; gives back when each one came. */
async function refuse(page: Page, path: string): Promise<number[]> {
  const asked: number[] = [];
  await page.route(`**/api/visitor/${path}*`, (route) => {
    if (route.request().method() === 'OPTIONS' || asked.push(Date.now()) > 1) return route.continue();
    return route.fulfill({
      status: 429,
      headers: {
        'retry-after': `${SECONDS}`,
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'retry-after',
      },
      json: { error: slowDown },
    });
  });
  return asked;
}

/** Nobody asked again before the time. */
const obeyed = ([first = 0, second = 0, ...more]: number[]) => {
  expect(second - first).toBeGreaterThanOrEqual(SECONDS * 1_000);
  expect(more).toEqual([]);
};

for (const locale of ['en', 'ru'] as const)
  test(`[S8] a search that was asked too often says when it goes on, and goes on by itself (${locale})`, async ({
    visitor,
  }) => {
    const shop = await visitor({ locale });
    const { page, words } = shop;
    await shop.open();
    const articles = await refuse(page, 'articles');
    await page.locator('.fd-search input').fill(locale === 'ru' ? 'доставка' : 'delivery');
    const line = page.locator('.fd-offline');
    await expect(line).toContainText(words.busy);
    await expect(line).toContainText(/\d:\d\d:\d\d/);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/busy-search-${locale}.png` });
    // No button has to be pressed.
    await expect(page.locator('.fd-result').first()).toBeVisible();
    await expect(line).toBeEmpty();
    obeyed(articles);
  });

test('[CM6] a form that is put off says so and goes out by itself, once', async ({ visitor, operator }) => {
  const shop = await visitor();
  const { page, words } = shop;
  const ids: string[] = [];
  await page.routeWebSocket(/\/api\/visitor\/socket/, (client) => {
    const relay = client.connectToServer();
    client.onMessage((text) => {
      const frame = JSON.parse(String(text));
      const { type, id, n } = frame;
      if (type !== 'form:submit' || ids.push(id) > 1) return relay.send(text);
      return client.send(JSON.stringify({ type: 'retry', id, n, next: n, ...slowDown }));
    });
  });
  await page.reload();
  await shop.channel('email');
  await page.locator('#fd-name').fill('Vera');
  await page.locator('#fd-email').fill('vera@shop.example');
  await page.locator('#fd-subject').selectOption({ index: 1 });
  await page.locator('#fd-message').fill('It has to come through, once.');
  await page.getByRole('button', { name: words.send }).click();
  await expect(page.locator('.fd-offline')).toContainText(words.busy);
  await expect(page.locator('.fd-sent')).toContainText(words.sending);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/busy-form.png` });
  await expect(page.locator('.fd-sent')).toContainText(formWords.en.reference);
  await expect(page.locator('.fd-offline')).toBeEmpty();
  expect(ids[1]).toBe(ids[0]);
  const desk = await operator();
  await desk.view('unassigned');
  await expect(desk.row('It has to come through, once.')).toHaveCount(1);
});

test('[S8] a file that is put off is uploaded by itself', async ({ visitor }) => {
  const shop = await visitor();
  const { page } = shop;
  await shop.channel('chat');
  const uploads = await refuse(page, 'uploads');
  const chooser = page.waitForEvent('filechooser');
  await page.locator('.fd-attach').click();
  await (await chooser).setFiles([{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('a note') }]);
  await expect(page.locator('.fd-upload-failed')).toContainText(contentWords.en.faults['slow-down'] ?? '');
  await expect(page.locator('.fd-upload-ready')).toContainText('note.txt');
  obeyed(uploads);
});

test('[S8] a page view that was asked for too often comes when the relay likes', async ({ visitor }) => {
  const shop = await visitor();
  const { page } = shop;
  const sessions = await refuse(page, 'session');
  await page.reload();
  await expect(shop.launcher).toBeVisible();
  obeyed(sessions);
});
