import type { Page, Request } from '@playwright/test';
import { CONSENT_WORDS } from '../../../widget/consent/words.ts';
import { openStore } from '../../store/index.ts';
import { expect, test } from './fixtures.ts';
import { shopOn } from './shop.ts';

const words = CONSENT_WORDS.en;

/** Everything a page could have put on the device. */
const stores = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    cookies: document.cookie,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
const NOTHING = { local: [], session: [], databases: [], caches: [], cookies: '', workers: 0 };

/** Rows that a relay keeps of visitors. */
async function keptOf(dataDir: string) {
  const store = await openStore({ dataDir });
  const { read, t } = store;
  const [visitors, visits, pageViews, conversations] = await Promise.all(
    [t.visitors, t.visits, t.pageViews, t.conversations].map(
      async (table) => (await read.select().from(table as typeof t.visitors)).length,
    ),
  );
  await store.close();
  return { visitors, visits, pageViews, conversations };
}

/** What a request of the widget tells: its address, headers and body, in one text. */
const told = (request: Request) =>
  JSON.stringify([request.url(), request.headers(), request.postData()]).replaceAll('\\', '');

const consent = (page: Page, state: string) =>
  page.evaluate(
    (to) => (window as unknown as { Frontdesk(...call: string[]): Promise<unknown> }).Frontdesk('consent', to),
    state,
  );

function watch(page: Page) {
  const requests: Request[] = [];
  const sockets: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('websocket', (socket) => sockets.push(socket.url()));
  return { requests, sockets };
}

const tag = (relay: string, consent: string) =>
  `<!doctype html><html lang="en"><title>Secret page</title><body><h1>A page</h1>
   <script>window.Frontdesk??=Object.assign((...c)=>new Promise((d,f)=>Frontdesk.q.push([c,d,f])),{q:[]})</script>
   <script async src="${relay}/widget.js" data-site="demo" data-consent="${consent}"></script>`;

/** How many rows there are more than before. */
const grown = (before: Record<string, number | undefined>, after: Record<string, number | undefined>) =>
  Object.fromEntries(Object.entries(after).map(([name, rows]) => [name, (rows ?? 0) - (before[name] ?? 0)]));
const NO_ROW = { visitors: 0, visits: 0, pageViews: 0, conversations: 0 };

test('[PV1] with consent awaited nothing is stored, no identifier is sent and no row is made, whatever is read', async ({
  page,
  hostPage,
  relay,
  context,
}) => {
  const before = await keptOf(relay.dataDir);
  const { requests, sockets } = watch(page);
  const { url } = await hostPage(tag(relay.url, 'wait'));
  await page.goto(`${url}?customer=4711`);
  const shop = shopOn(page);
  await shop.open();
  await page.locator('.fd-search input').fill('delivery');
  await page.locator('.fd-result').first().click();
  await expect(page.locator('.fd-article')).toBeVisible();
  await shop.home();
  await shop.channel('email');
  await page.locator('.fd-form textarea').fill('half a message');
  await expect(page.locator('.fd-consent')).toContainText(words.notice);
  await shop.home();
  await shop.channel('chat');
  await shop.composer.fill('half a question');
  await expect(page.locator('.fd-consent')).toContainText(words.notice);
  await expect(page.locator('.fd-offline')).toBeEmpty();

  expect(await stores(page)).toEqual(NOTHING);
  expect(await context.cookies()).toEqual([]);
  expect(sockets).toEqual([]);
  const toRelay = requests.filter((request) => request.url().startsWith(relay.url));
  for (const request of toRelay) {
    expect(request.headers()).not.toHaveProperty('authorization');
    expect(request.headers()).not.toHaveProperty('cookie');
    expect(told(request)).not.toMatch(/4711|Secret page|timeZone|screen":|[0-9a-f]{8}-[0-9a-f]{4}-7/);
  }
  // Nobody else is asked anything.
  for (const request of requests) expect([relay.url, new URL(url).origin]).toContain(new URL(request.url()).origin);
  expect(grown(before, await keptOf(relay.dataDir))).toEqual(NO_ROW);
});

test('[PV2] the first message is what begins the session, in the chat that was open', async ({
  page,
  hostPage,
  relay,
  operator,
}) => {
  const { url } = await hostPage(tag(relay.url, 'wait'));
  await page.goto(url);
  const shop = shopOn(page);
  await shop.channel('chat');
  await shop.say('Is the blue one in stock?');
  await expect(page.locator('.fd-consent')).toHaveCount(0);
  await expect.poll(async () => (await stores(page)).local.some((name) => name.endsWith(':token'))).toBe(true);
  const desk = await operator();
  await desk.view('unassigned');
  await desk.openRow('Is the blue one in stock?');
  await desk.say('It is.');
  await expect(shop.messages.filter({ hasText: 'It is.' })).toBeVisible();
  // Who has acted has consented: the next page knows them.
  await page.reload();
  await shop.channel('chat');
  await expect(shop.messages.filter({ hasText: 'It is.' })).toBeVisible();
});

test('[PV2] a form sent while consent is awaited gets its reference', async ({ page, hostPage, relay }) => {
  const { url } = await hostPage(tag(relay.url, 'wait'));
  await page.goto(url);
  const shop = shopOn(page);
  await shop.channel('email');
  await page.locator('#fd-name').fill('Ada');
  await page.locator('#fd-email').fill('ada@example.com');
  for (const field of await page.locator('.fd-field input[aria-required=true], .fd-field textarea').all())
    if (!(await field.inputValue())) await field.fill('12345');
  for (const select of await page.locator('.fd-field select').all()) await select.selectOption({ index: 1 });
  await page.locator('.fd-button-main').click();
  await expect(page.locator('.fd-reference')).toBeVisible();
});

test('[PV3] granting goes on where the visitor is: the window, the screen and what is half written', async ({
  page,
  hostPage,
  relay,
}) => {
  const { url } = await hostPage(tag(relay.url, 'wait'));
  await page.goto(url);
  const shop = shopOn(page);
  await shop.channel('chat');
  await shop.composer.fill('half a question');
  await consent(page, 'granted');
  await expect(page.locator('.fd-consent')).toHaveCount(0);
  await expect(shop.composer).toHaveValue('half a question');
  expect((await stores(page)).local.some((name) => name.endsWith(':token'))).toBe(true);
  await shop.composer.press('Enter');
  await expect(page.locator('.fd-message').filter({ hasText: 'half a question' })).toBeVisible();
});

test('[PV4] withdrawing wipes the device, closes the socket and goes on without a trace', async ({
  page,
  hostPage,
  relay,
}) => {
  const { url } = await hostPage(tag(relay.url, 'granted'));
  await page.goto(url);
  const shop = shopOn(page);
  await shop.channel('chat');
  await shop.say('before');
  const token = await page.evaluate(() => {
    const name = Object.keys(localStorage).find((key) => key.endsWith(':token'));
    return JSON.parse(localStorage.getItem(name ?? '') ?? '""');
  });
  await consent(page, 'denied');
  await expect(page.locator('.fd-consent')).toContainText(words.memory);
  await expect(shop.messages).toHaveCount(0);
  await expect.poll(() => stores(page)).toEqual(NOTHING);
  // The old token opens nothing any more.
  const old = await page.request.post(`${relay.url}/api/visitor/sign-out`, {
    headers: { authorization: `Bearer ${token}` },
    data: { site: 'demo' },
  });
  expect(old.status()).toBe(401);

  await shop.say('after, in memory');
  await expect(page.locator('.fd-message-unsent')).toHaveCount(0);
  expect(await stores(page)).toEqual(NOTHING);
  await consent(page, 'granted');
  expect((await stores(page)).local.some((name) => name.endsWith(':token'))).toBe(true);
});

test('[PV4] denied from the start removes what an earlier page kept', async ({ page, hostPage, relay }) => {
  const begin = `<script>Frontdesk('init', { consent: location.search.slice(1) })</script>`;
  const { url } = await hostPage(tag(relay.url, 'wait').replace('data-consent="wait"', 'data-init="manual"') + begin);
  await page.goto(`${url}?granted`);
  await expect.poll(async () => (await stores(page)).databases.length).toBe(1);
  await page.goto(`${url}?denied`);
  await expect.poll(() => stores(page)).toEqual(NOTHING);
});

test('[PV5] the site’s own words about consent, with a link to its policy', async ({ page, hostPage, relay, api }) => {
  const { settings } = (await api('GET', 'sites/demo')) as { settings: { texts: object } };
  const changed = {
    ...settings,
    texts: { ...settings.texts, consent: { en: 'We keep what you send.' } },
    policy: 'https://shop.example/privacy',
  };
  await api('PATCH', 'sites/demo', { settings: changed });
  const { url } = await hostPage(tag(relay.url, 'wait'));
  await page.goto(url);
  await shopOn(page).channel('chat');
  await expect(page.locator('.fd-consent')).toContainText('We keep what you send.');
  await expect(page.locator('.fd-consent a')).toHaveAttribute('href', 'https://shop.example/privacy');
  await api('PATCH', 'sites/demo', { settings });
});
