import type { Page } from '@playwright/test';
import { type SiteKey, tokenFor } from '../device.ts';
import { expect, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

const tag = (relay: string) =>
  `<!doctype html><html lang="en"><title>Members</title><body><h1>Members</h1>
   <script async src="${relay}/widget.js" data-site="demo"></script>`;

/** Calls the widget as the page would; an error comes back as its code. */
const call = (page: Page, ...args: unknown[]) =>
  page.evaluate(async (given) => {
    const { Frontdesk } = window as unknown as { Frontdesk(...call: unknown[]): Promise<unknown> };
    try {
      await Frontdesk(...given);
      return '';
    } catch (error) {
      return (error as { code: string }).code;
    }
  }, args);
const kept = (page: Page) => page.evaluate(() => Object.keys(localStorage).map((name) => name.split(':').at(-1)));

test('[ID4] a person has one history on two devices, and nothing stays when they leave', async ({
  browser,
  hostPage,
  relay,
  api,
  operator,
}) => {
  const key = (await api('POST', 'sites/demo/identity-keys', { kind: 'secret' })) as SiteKey;
  // Whom no other test signs in: they may all have one relay.
  const proof = () => ({
    token: tokenFor(key, 'of-two-devices', { aud: 'demo', name: 'Ada', email: 'ada@example.com' }),
  });
  const { url } = await hostPage(tag(relay.url));
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const [phone, laptop] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
  for (const page of [phone, laptop]) {
    await page.goto(url);
    await expect(page.locator('.fd-launcher')).toBeVisible();
  }

  expect(await call(phone, 'identify', null, proof())).toBe('');
  await shopOn(phone).channel('chat');
  await shopOn(phone).say('From the phone');

  // On the laptop a conversation has begun before the sign-in, and goes on in the open window.
  const shop = shopOn(laptop);
  await shop.channel('chat');
  await shop.say('From the laptop, not signed in');
  expect(await call(laptop, 'identify', null, proof())).toBe('');
  await expect(shop.window).toBeVisible();
  await expect(laptop.locator('.fd-message').filter({ hasText: 'From the phone' })).toBeVisible();
  await laptop.locator('.fd-back').click();
  await laptop.locator('.fd-channel-history').click();
  await expect(laptop.locator('.fd-channel').filter({ hasText: 'From the laptop, not signed in' })).toBeVisible();

  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('From the phone');
  await expect(desk.page.locator('.conversation-title .verified')).toBeVisible();

  // Leaving: nothing on the device, and the next person finds nothing.
  expect(await call(laptop, 'logout')).toBe('');
  expect(await kept(laptop)).not.toContain('draft');
  await shop.channel('chat');
  await expect(laptop.locator('.fd-message')).toHaveCount(0);
  expect(await call(laptop, 'identify', { name: 'Eve', email: 'ada@example.com' })).toBe('');
  await laptop.reload();
  await shop.channel('chat');
  await expect(laptop.locator('.fd-message')).toHaveCount(0);
  for (const context of contexts) await context.close();
});

test('[ID4] what was begun before a sign-in goes on after it, files too', async ({ page, hostPage, relay, api }) => {
  const key = (await api('POST', 'sites/demo/identity-keys', { kind: 'secret' })) as SiteKey;
  await page.goto((await hostPage(tag(relay.url))).url);
  const shop = shopOn(page);
  await shop.channel('chat');
  const attach = async (name: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.locator('.fd-attach').click();
    await (await chooser).setFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from(name) }]);
    await expect(page.locator('.fd-upload-ready').filter({ hasText: name })).toBeVisible();
  };
  await attach('before.txt');
  const proof = { token: tokenFor(key, 'with-files', { aud: 'demo', name: 'Grace', email: 'grace@example.com' }) };
  expect(await call(page, 'identify', null, proof)).toBe('');
  // The next page view shows the new token, and the one before is void: also for what this tab had begun.
  const next = await page.context().newPage();
  await next.goto(page.url());
  await expect(next.locator('.fd-launcher')).toBeVisible();
  await next.close();
  await page.bringToFront();
  await attach('after.txt');
  await shop.say('Two files');
  await expect(page.locator('.fd-message .fd-file')).toHaveCount(2);
  // Their addresses are asked for with the token, too.
  await expect(page.locator('.fd-message a.fd-file[href]')).toHaveCount(2);
});

test('[ID6] getToken is asked again after a refusal; a token of nobody is told by its code', async ({
  page,
  hostPage,
  relay,
  api,
}) => {
  const key = (await api('POST', 'sites/demo/identity-keys', { kind: 'secret' })) as SiteKey;
  const { url } = await hostPage(tag(relay.url));
  await page.goto(url);
  expect(await call(page, 'identify', null, { token: 'not.a.token' })).toBe('refused');
  expect(await call(page, 'identify', null, { token: 7 })).toBe('bad-argument');
  const ended = tokenFor(key, 'bob', { aud: 'demo', exp: Math.floor(Date.now() / 1_000) - 600 });
  const asked = await page.evaluate(
    async ([first, second]) => {
      const { Frontdesk } = window as unknown as { Frontdesk(...call: unknown[]): Promise<unknown> };
      let times = 0;
      await Frontdesk('identify', null, { getToken: () => (times++ ? second : first) });
      return times;
    },
    [ended, tokenFor(key, 'bob', { aud: 'demo' })],
  );
  expect(asked).toBe(2);
});

test('the console makes a key, shows its secret once and retires it', async ({ operator }) => {
  const { page, words } = await operator();
  const text = words.settings.identity;
  await page.goto(`${new URL(page.url()).origin}/console/demo/settings/identity`);
  await page.getByRole('button', { name: text.make }).click();
  await expect(page.locator('.code')).toContainText(text.secret);
  await page.reload();
  await expect(page.getByRole('button', { name: text.retire }).first()).toBeVisible();
  await expect(page.locator('.code')).toHaveCount(0);
  await page.getByRole('button', { name: text.retire }).first().click();
  await expect(page.getByText(text.retired).first()).toBeVisible();
});
