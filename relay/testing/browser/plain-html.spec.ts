import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { serveFolder } from './serve-folder.ts';

const folder = join(import.meta.dirname, '../../../examples/plain-html');
test('the example of plain HTML does what its buttons say', async ({ page, relay, api }) => {
  // As its README says, with the tag pointed at the relay of the test and at its demo site.
  const { origin, close } = await serveFolder(folder, api, (text) =>
    text.replace('http://localhost:8787', relay.url).replace('data-site="books"', 'data-site="demo"'),
  );
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));

  await page.goto(`${origin}/`);
  await expect(page.locator('.fd-launcher')).toHaveCSS('border-radius', '14px');
  await expect(page.locator('#log')).toContainText('ready');

  await page.getByLabel('Ask about this book').fill('Is it in stock?');
  await page.getByRole('button', { name: 'Send to the chat' }).click();
  await expect(page.locator('.fd-message').filter({ hasText: 'Is it in stock?' })).toBeVisible();
  await expect(page.locator('#log')).toContainText('message:sent');

  await page.getByRole('button', { name: 'Open the chat with a draft' }).click();
  await expect(page.locator('.fd-composer textarea')).toHaveValue(/second part/);
  await page.getByRole('button', { name: 'Fill in the form for me' }).click();
  await expect(page.locator('.fd-form input[type=email]')).toHaveValue('ada@example.com');
  await page.keyboard.press('Escape');
  await expect(page.locator('.fd-window')).toBeHidden();

  await page.getByRole('button', { name: 'Hide or show the launcher' }).click();
  await expect(page.locator('.fd-launcher')).toBeHidden();
  await page.getByRole('button', { name: 'What is the state?' }).click();
  await expect(page.locator('#log')).toContainText('"open": false');
  expect(errors).toEqual([]);
  close();
});
