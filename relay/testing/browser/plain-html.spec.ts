import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { expect, test } from './fixtures.ts';

const folder = join(import.meta.dirname, '../../../examples/plain-html');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves the example as its README says, with the tag pointed at the relay of the test and at its demo site. */
async function serveExample(relay: string): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, answer) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
    if (!['index.html', 'page.js', 'page.css'].includes(name)) return answer.writeHead(404).end();
    const text = readFileSync(join(folder, name), 'utf8')
      .replace('http://localhost:8787', relay)
      .replace('data-site="books"', 'data-site="demo"');
    return answer.writeHead(200, { 'content-type': `${TYPES[extname(name)]}; charset=utf-8` }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('the example of plain HTML does what its buttons say', async ({ page, relay, api }) => {
  const { server, origin } = await serveExample(relay.url);
  const { origins } = (await api('GET', 'sites/demo')) as { origins: string[] };
  await api('PATCH', 'sites/demo', { origins: [...origins, origin] });
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
  server.close();
});
