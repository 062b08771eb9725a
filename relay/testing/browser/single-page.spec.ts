import { expect, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

const page = (relay: string) => `<!doctype html><html lang="en"><head><title>Host</title>
<script async src="${relay}/widget.js" data-site="demo"></script></head>
<body class="first"><h1>First</h1><input id="field"></body></html>`;

test('[W11] a body that is swapped leaves window, draft, focus and scroll as they were', async ({
  browser,
  relay,
  hostPage,
}) => {
  const host = await hostPage(page(relay.url));
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(host.url);
  const shop = shopOn(tab);
  await shop.channel('chat');
  for (let i = 0; i < 12; i++) await shop.say(`message ${i}`);
  await expect(tab.locator('.fd-message-unsent')).toHaveCount(0);
  await shop.composer.fill('half a question');
  await shop.composer.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 6));
  const body = tab.locator('.fd-body');
  // A page is told of scrolling with the next frame.
  await body.evaluate((node) => {
    node.scrollTo(0, 40);
    return new Promise((resolve) => node.addEventListener('scroll', resolve, { once: true }));
  });

  const swaps: Record<string, string> = {
    another: `document.documentElement.replaceChild(Object.assign(document.createElement('body'), { innerHTML: '<h1>another</h1>' }), document.body)`,
    emptied: `document.body.innerHTML = '<h1>emptied</h1>'`,
    replaced: `document.body.replaceChildren(Object.assign(document.createElement('h1'), { textContent: 'replaced' }))`,
  };
  for (const [name, swap] of Object.entries(swaps)) {
    await tab.evaluate(`history.pushState(null, '', '/${name}'); ${swap}`);
    await expect(tab.locator('h1').first()).toHaveText(name);
    await expect(shop.window).toBeVisible();
    await expect(shop.composer).toHaveValue('half a question');
    await expect(shop.composer).toBeFocused();
    expect(await body.evaluate((node) => node.scrollTop)).toBe(40);
    expect(
      await shop.composer.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd]),
    ).toEqual([4, 6]);
  }
  await expect(tab.locator('frontdesk-widget.fd:not(.fd *)')).toHaveCount(1);

  // A field of the page's that is focused keeps the focus.
  await tab.evaluate(`document.body.innerHTML = '<input id="field">'; document.querySelector('#field').focus()`);
  await expect(shop.window).toBeVisible();
  await expect(tab.locator('#field')).toBeFocused();
  await context.close();
});

test('[W11] an address that changes is told to the relay, also when nothing else changes with it', async ({
  browser,
  relay,
  hostPage,
}) => {
  const host = await hostPage(page(relay.url));
  const context = await browser.newContext();
  const tab = await context.newPage();
  const told: string[] = [];
  const welcome = new Promise<void>((resolve) => {
    tab.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => `${payload}`.includes('"welcome"') && resolve());
      socket.on('framesent', ({ payload }) => {
        const frame = JSON.parse(`${payload}`) as { type: string; page?: { url: string } };
        if (frame.type === 'page') told.push(new URL(frame.page?.url ?? '').pathname);
      });
    });
  });
  await tab.goto(host.url);
  await welcome;
  const step = async (script: string, path: string) => {
    await tab.evaluate(script);
    await expect.poll(() => told.at(-1)).toBe(path);
  };
  await step(`history.pushState(null, '', '/one')`, '/one');
  await step(`history.replaceState(null, '', '/two')`, '/two');
  await step(`history.pushState(null, '', '/three')`, '/three');
  await step('history.back()', '/two');
  expect(told).toEqual(['/one', '/two', '/three', '/two']);

  // Where there is no Navigation API, the page's own change or a step back tells of it.
  await tab.addInitScript(() => Reflect.deleteProperty(globalThis, 'navigation'));
  await tab.goto(`${host.url}again`);
  await expect.poll(() => tab.evaluate('typeof navigation')).toBe('undefined');
  await shopOn(tab).open();
  await expect
    .poll(async () => {
      await tab.evaluate(`history.pushState(null, '', '/four'); document.title = 'Four ' + Math.random()`);
      return told.at(-1);
    })
    .toBe('/four');
  await context.close();
});
