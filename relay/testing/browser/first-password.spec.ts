import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { en } from '../../console/locales/en.ts';
import { authenticator } from '../authenticator.ts';
import { signIn } from './desk.ts';
import { expect, test, watchViolations } from './fixtures.ts';

const STEP_MS = 30_000;
const account = en.settings.account;
const factor = en.settings.secondFactor;

const clean = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)).toEqual([]);
};

// A relay of its own: the owner's other sign-ins end when they set up a second factor.
test.use({ onDuty: false });

test('[S7] a first password leads to one of one’s own, and then straight in', async ({ browser, api, relay }) => {
  const lena = { name: 'Lena', email: `lena-${Date.now()}@shop.example`, password: 'written on a slip' };
  await api('POST', 'sites/demo/operators', lena);
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  const violations = watchViolations(page);
  await signIn(page, relay.url, lena, en);
  await expect(page.getByRole('heading', { name: en.choose.title })).toBeVisible();
  // What was typed a moment ago is not asked for again.
  await expect(page.getByLabel(en.choose.first, { exact: true })).toHaveCount(0);
  const next = page.getByLabel(account.next, { exact: true });
  await expect(next).toBeFocused();
  const choose = async (password: string) => {
    await next.fill(password);
    await page.getByRole('button', { name: en.choose.submit }).click();
  };
  await choose(lena.password);
  await expect(page.getByRole('alert')).toHaveText(en.choose.same);
  await choose('password1');
  await expect(page.getByRole('alert')).toHaveText(account.weak);
  // After a reload the relay still insists, and the first one has to be typed.
  await page.reload();
  await page.getByLabel(en.choose.first, { exact: true }).fill('not this one');
  await choose('three quiet lamps');
  await expect(page.getByRole('alert')).toHaveText(account.wrong);
  const other = await context.newPage();
  await other.goto(`${relay.url}/console/`);
  await expect(other.getByRole('heading', { name: en.choose.title })).toBeVisible();
  await page.getByLabel(en.choose.first, { exact: true }).fill(lena.password);
  await choose('three quiet lamps');
  const views = (tab: Page) => tab.getByRole('navigation', { name: en.shell.views });
  await expect(views(page)).toBeAttached();
  await page.reload();
  await expect(views(page)).toBeAttached();
  // Another tab needs only to be looked at again; the same where it waits for a sign-in.
  const lookAt = (tab: Page) => tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await lookAt(other);
  await expect(views(other)).toBeAttached();
  const credentials = { email: lena.email, password: 'three quiet lamps' };
  await context.request.post(`${relay.url}/api/v1/sign-out`);
  await other.reload();
  await expect(other.getByRole('button', { name: en.signIn.submit })).toBeVisible();
  await context.request.post(`${relay.url}/api/v1/sign-in`, { data: credentials });
  await lookAt(other);
  await expect(views(other)).toBeAttached();
  expect(violations).toEqual([]);
  await context.close();
});

test('[S7] where everybody has to have a second factor, whoever has none is led to it and goes on', async ({
  operator,
  colleague,
  relay,
}) => {
  const mina = { name: 'Mina', email: `mina-${Date.now()}@shop.example`, password: 'three quiet lamps' };
  await colleague(mina);
  const { page: hers } = await operator({ credentials: mina });
  const { page } = await operator();
  const violations = [watchViolations(page), watchViolations(hers)];
  const settings = `${relay.url}/console/demo/settings`;
  await page.goto(`${settings}/operators`);
  const everybody = page.getByRole('switch', { name: en.settings.demand.label });
  await expect(everybody).toBeDisabled();
  await page.getByRole('link', { name: en.settings.demand.ownFirst }).click();
  await page.getByRole('button', { name: factor.setUp }).click();
  await page.getByRole('dialog').getByLabel(account.current).fill(relay.owner.password);
  await page.getByRole('button', { name: factor.next }).click();
  const codeAt = authenticator((await page.locator('.factor-secret').innerText()).replaceAll(' ', ''));
  await page.getByLabel(factor.code).fill(codeAt(Date.now()));
  await page.getByRole('button', { name: factor.turnOn }).click();
  const recovery = await page.locator('.recovery-codes li').first().innerText();
  await page.getByRole('button', { name: factor.kept }).click();
  await page.goto(`${settings}/operators`);
  await expect(page.getByText(/Without one: .*Mina/)).toBeVisible();
  await everybody.check();
  await expect(page.getByText(en.settings.demand.isOn)).toBeVisible();

  // Hers is open: the gate comes by itself. Nothing was typed here lately, so her password is asked for.
  await expect(hers.getByRole('heading', { name: en.owedFactor.title })).toBeVisible();
  await hers.getByLabel(account.current).fill(mina.password);
  await hers.getByRole('button', { name: factor.next }).click();
  const herCodeAt = authenticator((await hers.locator('.factor-secret').innerText()).replaceAll(' ', ''));
  await hers.getByLabel(factor.code).fill(herCodeAt(Date.now()));
  await hers.getByRole('button', { name: factor.turnOn }).click();
  await hers.getByRole('button', { name: factor.kept }).click();
  await expect(hers.getByRole('navigation', { name: en.shell.views })).toBeAttached();
  await hers.goto(`${settings}/account`);
  await expect(hers.getByText(factor.stays)).toBeVisible();
  await expect(hers.getByRole('button', { name: factor.turnOff })).toHaveCount(0);

  await everybody.uncheck();
  await expect(page.getByText(en.settings.demand.isOff)).toBeVisible();
  await page.goto(`${settings}/account`);
  await page.getByRole('button', { name: factor.turnOff }).click();
  await page.getByRole('dialog').getByLabel(account.current).fill(relay.owner.password);
  await page.getByRole('dialog').getByLabel(factor.codeOrRecovery).fill(recovery);
  await page.getByRole('dialog').getByRole('button', { name: factor.turnOff }).click();
  await expect(page.getByRole('button', { name: factor.setUp })).toBeVisible();
  expect(violations).toEqual([[], []]);
});

test('[S7] a first password and a demanded second factor come one after the other, with nothing typed twice', async ({
  browser,
  api,
  relay,
}) => {
  const olgas = await api('POST', 'me/second-factor', { password: relay.owner.password });
  const codeAt = authenticator((olgas as { secret: string }).secret);
  await api('POST', 'me/second-factor/confirm', { code: codeAt(Date.now()) });
  await api('PUT', 'sites/demo/second-factor', { demanded: true });
  const nora = { name: 'Nora', email: `nora-${Date.now()}@shop.example`, password: 'written on a slip' };
  await api('POST', 'sites/demo/operators', nora);
  const context = await browser.newContext({ locale: 'en-US', colorScheme: 'dark', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await signIn(page, relay.url, nora, en);
  await expect(page.getByRole('heading', { name: en.choose.title })).toBeVisible();
  await clean(page);
  await page.getByLabel(account.next, { exact: true }).fill('three quiet lamps');
  await page.getByRole('button', { name: en.choose.submit }).click();
  await expect(page.getByRole('heading', { name: en.owedFactor.title })).toBeVisible();
  const herCodeAt = authenticator((await page.locator('.factor-secret').innerText()).replaceAll(' ', ''));
  await clean(page);
  await page.getByLabel(factor.code).fill(herCodeAt(Date.now()));
  await page.getByRole('button', { name: factor.turnOn }).click();
  await expect(page.locator('.recovery-codes')).toBeVisible();
  await clean(page);
  await page.getByRole('button', { name: factor.kept }).click();
  await expect(page.getByRole('navigation', { name: en.shell.views })).toBeAttached();
  await context.close();
  await api('PUT', 'sites/demo/second-factor', { demanded: false });
  await api('POST', 'me/second-factor/off', { password: relay.owner.password, code: codeAt(Date.now() + STEP_MS) });
});
