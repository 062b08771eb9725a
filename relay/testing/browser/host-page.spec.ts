import { expect, test, watchViolations } from './fixtures.ts';
import { hold } from './hold.ts';
import { frontdesk, openShop, shopOn } from './shop.ts';

const page = (relay: string, body = '') => `<!doctype html><html lang="en"><head><title>Host</title>
<script async src="${relay}/widget.js" data-site="demo"></script></head><body><h1>Somebody’s shop</h1>${body}</body></html>`;

test('[S10] on a page of the strictest policy the whole journey breaks no rule', async ({
  browser,
  relay,
  hostPage,
  operator,
}) => {
  const policy = [
    "default-src 'none'",
    `script-src ${relay.url}`,
    `connect-src ${relay.url} ${relay.url.replace('http', 'ws')}`,
    `img-src ${relay.url}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const host = await hostPage(page(relay.url), { 'content-security-policy': policy });
  const desk = await operator();
  const tab = await browser.newPage();
  const asked = new Set<string>();
  tab.on('request', (request) => asked.add(new URL(request.url()).origin));
  const violations = watchViolations(tab);
  const shop = await openShop(tab, host.url);
  await shop.channel('chat');
  await shop.say('from a strict page');
  await desk.view('unassigned');
  await desk.openRow('from a strict page');
  await desk.say('seen');
  await expect(shop.messages.filter({ hasText: 'seen' })).toBeVisible();
  const chooser = tab.waitForEvent('filechooser');
  await tab.locator('.fd-attach').click();
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await (await chooser).setFiles([{ name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') }]);
  await expect(tab.locator('.fd-upload-ready')).toBeVisible();
  await shop.composer.press('Enter');
  await expect(tab.locator('.fd-picture img')).toHaveJSProperty('naturalWidth', 1);
  await tab.getByRole('button', { name: shop.words.back, exact: true }).click();
  await tab.locator('.fd-search input').first().click();
  await tab.locator('.fd-search input').last().fill('brewing');
  await tab.locator('.fd-result').first().click();
  await expect(tab.locator('.fd-article')).toBeVisible();
  expect(violations).toEqual([]);
  // Nothing goes to anybody else, and no cookie is set [W1].
  expect([...asked].filter((origin) => origin !== host.origin && origin !== relay.url)).toEqual([]);
  expect(await tab.context().cookies()).toEqual([]);
  await tab.close();
});

test('[S1] a page whose origin is not allowed is told so in one sentence, and the owner can see it', async ({
  browser,
  relay,
  api,
  hostPage,
}) => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const said: string[] = [];
  tab.on('console', (message) => said.push(message.text()));
  const host = await hostPage(page(relay.url), {}, false);
  await tab.goto(host.url);
  await expect.poll(() => said.join('\n')).toContain('does not allow');
  await expect(tab.locator('.fd-launcher')).toHaveCount(0);
  const site = (await api('GET', 'sites/demo')) as { refusedOrigins: { origin: string }[] };
  expect(site.refusedOrigins.map(({ origin }) => origin)).toContain(host.origin);
  await context.close();
});

test('links open the widget where they say, also those added later, with fields filled in', async ({
  browser,
  relay,
  hostPage,
}) => {
  const host = await hostPage(
    page(
      relay.url,
      `<a id="article" href="#" data-frontdesk-open="article/delivery">Delivery</a>
       <button id="mail" data-frontdesk-open="email" data-frontdesk-prefill-message="About order 7">Write</button>
       <a id="hash" href="#frontdesk/messengers">Messengers</a>`,
    ),
  );
  const tab = await browser.newPage();
  const shop = await openShop(tab, host.url);
  await expect(shop.launcher).toBeVisible();
  await tab.locator('#article').click();
  await expect(tab.locator('.fd-article')).toBeVisible();
  await tab.locator('#mail').click();
  await expect(tab.locator('.fd-form textarea').last()).toHaveValue('About order 7');
  await tab.locator('#hash').click();
  await expect(tab.locator('.fd-messengers, .fd-messenger').first()).toBeVisible();
  await tab.evaluate(() => {
    const late = document.createElement('button');
    late.id = 'late';
    late.textContent = 'Late';
    late.dataset.frontdeskOpen = 'chat';
    document.body.append(late);
  });
  await tab.locator('#late').click();
  await expect(shop.composer).toBeVisible();
  await tab.close();
});

test('[W4] what is pressed before the relay has answered opens the widget then; until then a link leads where it says', async ({
  browser,
  relay,
  hostPage,
}) => {
  const host = await hostPage(
    page(
      relay.url,
      `<a id="away" href="/orders" data-frontdesk-open="chat">Chat</a>
       <button id="early" data-frontdesk-open="email" data-frontdesk-prefill-message="About order 8">Write</button>`,
    ),
  );
  const tab = await browser.newPage();
  const shop = shopOn(tab);
  const answer = await hold(tab, '**/api/visitor/session');
  const asked = () => tab.waitForRequest('**/api/visitor/session');
  await Promise.all([asked(), tab.goto(host.url)]);
  await Promise.all([asked(), tab.locator('#away').click()]);
  expect(tab.url()).toBe(`${host.origin}/orders`);
  await tab.locator('#early').click();
  answer();
  await expect(tab.locator('.fd-form textarea').last()).toHaveValue('About order 8');
  await tab.locator('#away').click();
  await expect(shop.composer).toBeVisible();
  expect(tab.url()).toBe(`${host.origin}/orders`);
  await tab.close();
});

test('calls made before the script has loaded run in their order', async ({ browser, relay, hostPage }) => {
  const stub = await (await fetch(`${relay.url}/stub.js`)).text();
  const host = await hostPage(
    `<!doctype html><html lang="en"><head><title>Host</title><script>${stub}
      window.order = [];
      Frontdesk('prefill', { name: 'Ann', email: { value: 'ann@example.com', readOnly: true }, fields: { order_number: '77' } }).then(() => order.push('prefill'));
      Frontdesk('open', 'email').then(() => order.push('open'));
      Frontdesk('dance').catch((error) => order.push(error.message));
      Frontdesk('on', 'open', () => order.push('event'));
    </script><script async src="${relay.url}/widget.js" data-site="demo"></script></head><body></body></html>`,
  );
  const tab = await browser.newPage();
  const shop = await openShop(tab, host.url);
  await expect(tab.locator('.fd-form')).toBeVisible();
  await expect(tab.getByLabel(shop.words.name)).toHaveValue('Ann');
  const order = await tab.evaluate(() => (window as unknown as { order: string[] }).order);
  expect(order.filter((one) => one === 'prefill' || one === 'open')).toEqual(['prefill', 'open']);
  expect(order.some((one) => one.includes('dance'))).toBe(true);
  expect(await frontdesk(tab, 'state')).toMatchObject({ ready: true, open: true, screen: 'email' });
  await frontdesk(tab, 'destroy');
  await expect(tab.locator('frontdesk-widget')).toHaveCount(0);
  await tab.close();
});
