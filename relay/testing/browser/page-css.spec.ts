import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

const page = (relay: string, css: string) => `<!doctype html><html lang="en"><head><title>Host</title>
<style id="first">${css}</style><script async src="${relay}/widget.js" data-site="demo"></script></head>
<body class="shop"><h1>Host</h1></body></html>`;

const edit = (tab: Page, change: string) => tab.evaluate(`(() => { ${change} })()`);

test('[W5] rules of the page that name a class of ours apply inside, in layers, containers, conditions and nesting', async ({
  browser,
  relay,
  hostPage,
}) => {
  const host = await hostPage(
    page(
      relay.url,
      `@layer theme, late;
       @layer late { .fd-title { letter-spacing: 2px; } }
       @layer theme { .fd-title { letter-spacing: 9px; text-transform: uppercase; } }
       @media (min-width: 400px) { .fd-header { height: 71px; } }
       @media (max-width: 400px) { .fd-header { height: 20px; } }
       @supports (display: grid) { .fd-greeting { font-style: italic; } }
       .fd-window { container-type: inline-size; container-name: panel; }
       @container panel (min-width: 200px) { .fd-search { border-radius: 3px; } }
       .shop .fd-launcher { border-radius: 7px; & .fd-icon { opacity: 0.5; } }
       html.signed-in .fd-channel-email { display: none; }
       #other .fd-channel-chat { display: none; }
       h1, .fd-title { color: rgb(1, 2, 3); }
       button { display: none !important; }`,
    ),
  );
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const tab = await context.newPage();
  await tab.goto(host.url);
  const shop = shopOn(tab);
  await expect(shop.launcher).toHaveCSS('border-radius', '7px');
  await expect(shop.launcher.locator('.fd-icon').first()).toHaveCSS('opacity', '0.5');
  await shop.open();
  const title = tab.locator('.fd-title');
  await expect(title).toHaveCSS('letter-spacing', '2px');
  await expect(title).toHaveCSS('text-transform', 'uppercase');
  await expect(title).toHaveCSS('color', 'rgb(1, 2, 3)');
  await expect(tab.locator('.fd-header')).toHaveCSS('height', '71px');
  await expect(tab.locator('.fd-greeting')).toHaveCSS('font-style', 'italic');
  await expect(tab.locator('.fd-search')).toHaveCSS('border-radius', '3px');

  // Conditions on html follow it as it changes; those on other elements of the page are not ours.
  await expect(tab.locator('.fd-channel-chat')).toBeVisible();
  await expect(tab.locator('.fd-channel-email')).toBeVisible();
  await edit(tab, `document.documentElement.classList.add('signed-in')`);
  await expect(tab.locator('.fd-channel-email')).toBeHidden();
  await edit(tab, `document.documentElement.classList.remove('signed-in')`);
  await expect(tab.locator('.fd-channel-email')).toBeVisible();
  await context.close();
});

test('[W5] sheets that are added, edited and removed are followed; the CSSOM by refreshStyles', async ({
  browser,
  relay,
  hostPage,
}) => {
  const host = await hostPage(page(relay.url, '.fd-launcher { border-radius: 7px; }'));
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const tab = await context.newPage();
  await tab.goto(host.url);
  const { launcher } = shopOn(tab);
  await expect(launcher).toHaveCSS('border-radius', '7px');
  // Its connection, which follows the page, is there when the visitor is counted.
  await expect.poll(() => tab.evaluate(`Frontdesk('page').then(() => true)`)).toBe(true);

  await edit(
    tab,
    `const late = document.createElement('style'); late.id = 'late'; late.textContent = '.fd-launcher { border-radius: 8px; }'; document.head.append(late);`,
  );
  await expect(launcher).toHaveCSS('border-radius', '8px');
  await edit(tab, `document.getElementById('late').firstChild.data = '.fd-launcher { border-radius: 9px; }'`);
  await expect(launcher).toHaveCSS('border-radius', '9px');
  await edit(tab, `document.getElementById('late').remove()`);
  await expect(launcher).toHaveCSS('border-radius', '7px');

  await edit(tab, `document.getElementById('first').sheet.insertRule('.fd-launcher { border-radius: 10px; }', 1)`);
  await tab.evaluate(`Frontdesk('refreshStyles')`);
  await expect(launcher).toHaveCSS('border-radius', '10px');
  await context.close();
});

test('[W5] of sheets that may not be read the page’s console is told once', async ({ browser, relay, hostPage }) => {
  const sheet = await hostPage('.fd-launcher { border-radius: 3px; }', { 'content-type': 'text/css' });
  const links = [`${sheet.url}a.css`, `${sheet.url}b.css`];
  const host = await hostPage(
    `<!doctype html><html lang="en"><head><title>Host</title>
     ${links.map((href) => `<link rel="stylesheet" href="${href}">`).join('')}
     <script async src="${relay.url}/widget.js" data-site="demo"></script></head><body></body></html>`,
  );
  const context = await browser.newContext();
  const tab = await context.newPage();
  const warnings: string[] = [];
  tab.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await tab.goto(host.url);
  const shop = shopOn(tab);
  await shop.open();
  await shop.channel('email');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('crossorigin');
  for (const href of links) expect(warnings[0]).toContain(href);
  await expect(shop.launcher).not.toHaveCSS('border-radius', '3px');
  await context.close();
});
