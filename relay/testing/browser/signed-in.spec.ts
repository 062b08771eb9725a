import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SiteKey } from '../device.ts';
import { expect, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

const server = join(import.meta.dirname, '../../../examples/signed-in/server.js');

test('the example of signed-in visitors: each member has their own history, in every browser', async ({
  browser,
  relay,
  api,
}) => {
  const { kid, secret } = (await api('POST', 'sites/demo/identity-keys', { kind: 'secret' })) as SiteKey;
  const env = {
    ...{ KID: kid, SECRET: secret, SITE: 'demo', RELAY: relay.url, PORT: '0' },
    PATH: process.env.PATH ?? '',
  };
  const site = spawn(process.execPath, [server], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const origin = await new Promise<string>((resolve) => site.stdout.once('data', (line) => resolve(`${line}`.trim())));
  const { origins } = (await api('GET', 'sites/demo')) as { origins: string[] };
  await api('PATCH', 'sites/demo', { origins: [...origins, origin] });

  const open = async (): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(origin);
    return page;
  };
  const signIn = async (page: Page, name: string) => {
    const identified = page.waitForResponse((answer) => answer.url().endsWith('/api/visitor/identify') && answer.ok());
    await page.getByRole('button', { name: `Sign in as ${name}` }).click();
    await identified;
    await expect(page.locator('#who')).toContainText(name);
  };
  const first = await open();
  await signIn(first, 'Ada');
  await shopOn(first).channel('chat');
  await shopOn(first).say('A question of Ada’s');

  const second = await open();
  await signIn(second, 'Ada');
  await shopOn(second).channel('chat');
  await expect(shopOn(second).messages.filter({ hasText: 'A question of Ada’s' })).toBeVisible();

  await second.keyboard.press('Escape');
  await second.getByRole('button', { name: 'Sign out' }).click();
  await expect(second.locator('#who')).toContainText('Nobody');
  await signIn(second, 'Grace');
  await shopOn(second).channel('chat');
  await expect(second.locator('.fd-composer')).toBeVisible();
  await expect(second.locator('.fd-message')).toHaveCount(0);
  site.kill();
});
