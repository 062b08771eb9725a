import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../console/locales/en.ts';
import { ru } from '../../console/locales/ru.ts';

/** The console with somebody signed in, and the ways an operator uses it. */
export interface Desk {
  page: Page;
  words: typeof en;
  log: Locator;
  composer: Locator;
  view(name: keyof typeof en.views): Promise<void>;
  /** A row of the list by what it shows. */
  row(text: string): Locator;
  /** Opens the conversation whose row shows this text. */
  openRow(text: string): Promise<void>;
  say(text: string): Promise<void>;
  closeConversation(): Promise<void>;
}

export async function signIn(
  page: Page,
  url: string,
  credentials: { email: string; password: string },
  words: typeof en,
): Promise<void> {
  await page.goto(`${url}/console/`);
  await page.getByLabel(words.signIn.email, { exact: true }).fill(credentials.email);
  await page.getByLabel(words.signIn.password, { exact: true }).fill(credentials.password);
  await page.getByRole('button', { name: words.signIn.submit }).click();
}

export async function openDesk(
  page: Page,
  url: string,
  credentials: { email: string; password: string },
  locale: 'en' | 'ru',
): Promise<Desk> {
  const words = locale === 'ru' ? ru : en;
  // The page of signing in has specs of its own.
  const signedIn = await page.context().request.post(`${url}/api/v1/sign-in`, { data: credentials });
  expect(signedIn.ok()).toBe(true);
  // A list draws the rows in sight: what a test has just made stands at its top, however many wait from other tests.
  await page.addInitScript(() => localStorage.setItem('frontdesk:console:sort:unassigned', 'latest'));
  await page.goto(`${url}/console/`);
  await expect(page.getByRole('navigation', { name: words.shell.views })).toBeAttached();
  const composer = page.locator('textarea').first();
  const desk: Desk = {
    ...{ page, words, composer },
    log: page.getByRole('log'),
    async view(name) {
      await page.goto(`${url}/console/demo/${name}`);
    },
    row: (text) => page.getByRole('listitem').filter({ hasText: text }).getByRole('link').first(),
    async openRow(text) {
      await desk.row(text).click();
      await expect(composer).toBeVisible();
    },
    async say(text) {
      await composer.fill(text);
      await composer.press('Enter');
      await expect(desk.log.getByText(text)).toBeVisible();
    },
    closeConversation: () =>
      page.getByRole('main').getByRole('button', { name: words.conversation.close }).first().click(),
  };
  return desk;
}
