/**
 * `npm run pictures`: draws the pictures of the documentation anew. The built relay runs on fresh data, visitors and
 * an operator talk on the demo shop in a real browser, and what they see goes to `docs/pictures/`.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { buildStale } from '../../build.ts';
import { openVisitor, type TestVisitor, USER_AGENT } from '../clients.ts';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';
import { type RelayProcess, startRelayProcess } from './relay-process.ts';
import { stylingPictures } from './styling-pictures.ts';

const folder = join(import.meta.dirname, '../../../docs/pictures');
/** Bytes of one picture; a larger one makes the README slow to read. */
const LARGEST = 250_000;

const DESKTOP: BrowserContextOptions = { viewport: { width: 1200, height: 780 }, locale: 'en-GB' };
const CONSOLE: BrowserContextOptions = { viewport: { width: 1360, height: 780 }, locale: 'en-GB' };
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 780 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 1.5,
  locale: 'en-GB',
};

const QUESTION = 'Hello, is Oolong “Cloud” still good a year after the harvest?';
const ANSWER = 'Good morning. Yes: kept closed and dark it stays fresh for about two years.';
const NEXT = 'And how fast is a parcel to Riga?';
const LAST = 'Ten to fourteen days. I will put a sample of Da Hong Pao in, if you like.';

/** What an owner may do over the API, with the cookie of a sign-in. */
async function ownerOf(relay: RelayProcess): Promise<(method: string, path: string, body: unknown) => Promise<void>> {
  const send = async (method: string, path: string, body: unknown, cookie = '') => {
    const answer = await fetch(`${relay.url}/api/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const cookie = (await send('POST', 'sign-in', relay.owner)).headers.get('set-cookie')?.split(';')[0];
  return async (method, path, body) => {
    await send(method, path, body, cookie);
  };
}

/** Somebody who wrote by the e-mail form a while ago, so that the lists are not empty. */
async function writeForm(relay: RelayProcess, name: string, subject: string, message: string): Promise<TestVisitor> {
  const url = `${relay.url}/demo/en/contacts`;
  const visitor = await openVisitor({ url: relay.url, site: { key: 'demo' } }, { url });
  const answered = new Promise<void>((resolve) => visitor.session.on('verdict', () => resolve()));
  await visitor.session.command({
    ...{ type: 'form:submit', locale: 'en', name, subject, message, fields: {} },
    email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
    page: { url, title: 'Contacts', referrer: '' },
  });
  await answered;
  return visitor;
}

async function draw(page: Page, name: string): Promise<void> {
  // Motion comes to rest, and marks and times are drawn.
  await page.waitForTimeout(700);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  process.stdout.write(`${name}.png ${Math.round(size / 1_000)} KB\n`);
  if (size > LARGEST) throw new Error(`${name}.png is larger than ${LARGEST / 1_000} KB.`);
}

async function newPage(browser: Browser, device: BrowserContextOptions, url: string): Promise<Page> {
  const page = await (await browser.newContext({ userAgent: USER_AGENT, ...device })).newPage();
  await page.goto(url);
  return page;
}

/** Writes on a page of the shop or in the console, and waits until the line stands in the log. */
async function say(page: Page, field: string, text: string): Promise<void> {
  await page.locator(field).fill(text);
  await page.locator(field).press('Enter');
  await page.getByRole('log').getByText(text).waitFor();
}

async function openChat(page: Page): Promise<void> {
  await page.locator('.fd-launcher').click();
  await page.locator('.fd-channel-chat').click();
  await page.locator('.fd-composer textarea').waitFor();
}

async function signIn(page: Page, { email, password }: RelayProcess['owner']): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
}

async function play(browser: Browser, relay: RelayProcess): Promise<void> {
  const own = await ownerOf(relay);
  await own('PATCH', 'me', { name: 'Olga' });
  await own('PATCH', 'sites/demo', { name: 'Quiet Leaf' });
  await own('POST', 'sites/demo/operators', { name: 'Pavel', email: 'pavel@shop.example', password: 'green tea leaf' });
  const guests = [
    await writeForm(relay, 'Marta Berg', 'Where is my order', 'The parcel has stood in Tallinn since Monday.'),
    await writeForm(relay, 'Jonas Wolf', 'Return or exchange', 'The lid of the teapot came with a crack.'),
    await writeForm(relay, 'Irina Sokolova', 'Wholesale', 'We open a tea room and need 12 kg a month.'),
  ];

  const desk = await newPage(browser, CONSOLE, `${relay.url}/console/`);
  await signIn(desk, relay.owner);
  const shop = await newPage(browser, DESKTOP, `${relay.url}/demo/en/product/oolong-cloud`);
  await openChat(shop);
  await say(shop, '.fd-composer textarea', QUESTION);

  await desk.getByRole('link', { name: /Unassigned/ }).click();
  await desk.getByRole('listitem').filter({ hasText: 'Oolong' }).getByRole('link').first().click();
  await desk.keyboard.press('t');
  await say(desk, '#composer', ANSWER);
  await say(shop, '.fd-composer textarea', NEXT);
  await desk.getByRole('log').getByText(NEXT).waitFor();
  await say(desk, '#composer', LAST);
  await shop.getByRole('log').getByText(LAST).waitFor();
  await draw(shop, 'shop');

  await desk.getByRole('link', { name: /All open/ }).click();
  await desk.getByRole('listitem').filter({ hasText: 'Da Hong Pao' }).getByRole('link').first().click();
  await desk.getByRole('log').getByText(LAST).waitFor();
  await draw(desk, 'console');

  const phone = await newPage(browser, PHONE, `${relay.url}/demo/en/`);
  await phone.locator('.fd-launcher').tap();
  await phone.locator('.fd-home').waitFor();
  await draw(phone, 'phone');
  for (const { session } of guests) session.destroy();
}

await buildStale();
mkdirSync(folder, { recursive: true });
const relay = await startRelayProcess();
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
try {
  // `-- styling`: those of docs/styling.md alone.
  if (!process.argv.includes('styling')) await play(browser, relay);
  await stylingPictures(browser, relay.url, folder);
} finally {
  await browser.close();
  await relay.remove();
}
