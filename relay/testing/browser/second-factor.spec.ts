import { readFile } from 'node:fs/promises';
import { en } from '../../console/locales/en.ts';
import { authenticator } from '../authenticator.ts';
import { signIn } from './desk.ts';
import { expect, test, watchViolations } from './fixtures.ts';

const STEP_MS = 30_000;

test('[S7] the second factor is set up, asked for at sign-in, replaced by a recovery code and turned off', async ({
  operator,
  colleague,
  relay,
  browser,
}) => {
  const anna = { name: 'Anna', email: `anna-${Date.now()}@shop.example`, password: 'another good one' };
  await colleague(anna);
  const { page } = await operator({ credentials: anna });
  const violations = watchViolations(page);
  const text = en.settings.secondFactor;
  await page.goto(`${relay.url}/console/demo/settings/account`);
  await page.getByRole('button', { name: text.setUp }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(en.settings.account.current).fill('not my password');
  await dialog.getByRole('button', { name: text.next }).click();
  await expect(dialog.getByRole('alert')).toHaveText(en.settings.account.wrong);
  await dialog.getByLabel(en.settings.account.current).fill(anna.password);
  await dialog.getByRole('button', { name: text.next }).click();
  await expect(dialog.getByRole('img', { name: text.qrLabel })).toBeVisible();
  const secret = (await dialog.locator('.factor-secret').innerText()).replaceAll(' ', '');
  const codeAt = authenticator(secret);
  await dialog.getByLabel(text.code).fill('12345');
  await dialog.getByRole('button', { name: text.turnOn }).click();
  await expect(dialog.getByRole('alert')).toHaveText(text.wrongCode);
  await dialog.getByLabel(text.code).fill(codeAt(Date.now()));
  await dialog.getByRole('button', { name: text.turnOn }).click();
  const codes = dialog.locator('.recovery-codes li');
  await expect(codes).toHaveCount(10);
  const [recovery = '', another = ''] = await codes.allInnerTexts();
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: text.download }).click();
  expect(await readFile(await (await saving).path(), 'utf8')).toContain(`\n${recovery}\n`);
  await dialog.getByRole('button', { name: text.kept }).click();
  await expect(page.getByText(text.left(10))).toBeVisible();
  expect(violations).toEqual([]);

  const context = await browser.newContext({ locale: 'en-US' });
  const other = await context.newPage();
  await signIn(other, relay.url, anna, en);
  await other.getByLabel(en.signIn.code, { exact: true }).fill('000 00');
  await other.getByRole('button', { name: en.signIn.submit }).click();
  await expect(other.getByRole('alert')).toHaveText(en.signIn.wrongCode);
  await expect(other.getByRole('navigation', { name: en.shell.views })).toHaveCount(0);
  // The code of the set-up is used up; the next one is good already.
  await other.getByLabel(en.signIn.code, { exact: true }).fill(codeAt(Date.now() + STEP_MS));
  await other.getByRole('button', { name: en.signIn.submit }).click();
  await expect(other.getByRole('navigation', { name: en.shell.views })).toBeAttached();

  await context.clearCookies();
  await signIn(other, relay.url, anna, en);
  await other.getByRole('button', { name: en.signIn.useRecovery }).click();
  await other.getByLabel(en.signIn.recoveryCode, { exact: true }).fill(recovery);
  await other.getByRole('button', { name: en.signIn.submit }).click();
  await expect(other.getByRole('navigation', { name: en.shell.views })).toBeAttached();
  // The first sign-in ended with it.
  await expect(page.getByText(en.signIn.ended)).toBeVisible();

  await other.goto(`${relay.url}/console/demo/settings/account`);
  await expect(other.getByText(text.left(9))).toBeVisible();
  await other.getByRole('button', { name: text.turnOff }).click();
  const off = other.getByRole('dialog');
  await off.getByLabel(en.settings.account.current).fill(anna.password);
  await off.getByLabel(text.codeOrRecovery).fill(another);
  await off.getByRole('button', { name: text.turnOff }).click();
  await expect(other.getByRole('button', { name: text.setUp })).toBeVisible();
  await context.close();
});
