import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { makeTempDir } from '../temp-dir.ts';
import { expect, test } from './fixtures.ts';
import { serveFolder } from './serve-folder.ts';
import { shopOn } from './shop.ts';

const root = join(import.meta.dirname, '../../..');

/** Builds an example as its README says, against the relay of the test and the npm package of this build. */
async function buildExample(name: string, relay: string): Promise<{ folder: string; remove(): void }> {
  const { path, remove } = makeTempDir();
  await build({
    root: join(root, 'examples', name),
    logLevel: 'warn',
    resolve: { alias: { '@frontdesk/widget': join(root, 'dist/npm/index.js') } },
    define: { 'import.meta.env.VITE_RELAY': JSON.stringify(relay) },
    build: { outDir: path, emptyOutDir: true },
  });
  return { folder: path, remove };
}

const watchErrors = (page: Page) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
};

for (const [name, thing, other] of [
  ['react', 'Town bicycle', 'Cargo bicycle'],
  ['vue', 'Fern', 'Orchid'],
] as const)
  test(`the example of ${name} does what its buttons say`, async ({ page, relay, api, operator }) => {
    const built = await buildExample(name, relay.url);
    const site = await serveFolder(built.folder, api);
    const errors = watchErrors(page);
    const desk = await operator();
    await page.goto(site.origin);
    const shop = shopOn(page);
    await expect(shop.launcher).toHaveCount(1);

    // A re-render of the page leaves window, focus and draft as they are.
    await page.getByRole('button', { name: `Ask about the ${thing}` }).click();
    await expect(shop.composer).toHaveValue(new RegExp(`${thing}`));
    await page.getByRole('button', { name: other, exact: true }).click();
    await expect(page.getByRole('button', { name: `Ask about the ${other}` })).toBeVisible();
    await expect(shop.composer).toHaveValue(new RegExp(`${thing}`));
    await shop.composer.press('Enter');
    await expect(shop.messages).toHaveCount(1);
    await page.getByRole('button', { name: 'Write to us', exact: true }).first().click();
    await expect(page.locator('.fd-form input[type=email]')).toHaveValue('ada@example.com');
    await page.keyboard.press('Escape');
    await expect(shop.window).toBeHidden();

    // What the operator answers is counted in the page's own button.
    await desk.view('unassigned');
    await desk.openRow(thing);
    await desk.say(`About the ${thing}: yes`);
    await expect(page.getByRole('button', { name: 'Messages (1)' })).toBeVisible();
    expect(errors).toEqual([]);
    site.close();
    built.remove();
  });

test('the example of the tag manager installs the widget and tells the data layer', async ({
  page,
  relay,
  hostPage,
}) => {
  const tag = readFileSync(join(root, 'examples/tag-manager/tag.html'), 'utf8').replace(
    'http://localhost:8787',
    relay.url,
  );
  // As tag managers put a custom tag in: scripts made anew, without their attributes.
  const host = await hostPage(`<!doctype html><html lang="en"><head><title>Host</title></head><body><script>
    const holder = document.createElement('div');
    holder.innerHTML = ${JSON.stringify(tag).replaceAll('<', '\\u003c')};
    for (const old of holder.querySelectorAll('script')) {
      const made = document.createElement('script');
      made.textContent = old.textContent;
      document.body.append(made);
    }
  </script></body></html>`);
  await page.goto(host.url);
  const shop = shopOn(page);
  await shop.channel('chat');
  await shop.say('from a tag manager');
  await expect
    .poll(() =>
      page.evaluate(() => (window as unknown as { dataLayer: { event: string }[] }).dataLayer.map((e) => e.event)),
    )
    .toEqual(['frontdesk open', 'frontdesk message:sent']);
});
