import { execFileSync } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { naughtyStrings } from '../naughty-strings.ts';
import { operatorHello, rawSocket, visitorHello } from '../raw-socket.ts';
import { makeTempDir } from '../temp-dir.ts';
import { openDesk } from './desk.ts';
import { expect, test, watchViolations } from './fixtures.ts';
import { startRelayProcess } from './relay-process.ts';
import { frontdesk, openShop } from './shop.ts';

const strings = naughtyStrings();

/** Strings side by side, so that few records carry all of them; a longer one is cut. */
function packed(chars: number, between = ' '): string[] {
  const groups: string[] = [];
  let now = '';
  for (const text of strings) {
    const piece = text.slice(0, chars);
    if (now !== '' && now.length + 1 + piece.length > chars) {
      groups.push(now);
      now = '';
    }
    now = now === '' ? piece : `${now}${between}${piece}`;
  }
  return [...groups, now].map((group) => group.replace(/\p{Surrogate}|\0/gu, '').trim()).filter(Boolean);
}
/** Messages, as the relay keeps them: without white space at their ends, and not empty. */
const texts = [...new Set(packed(1_600, '\n'))];
const header = (text: string) => text.replace(/[^\t\x20-\x7e\xa1-\xff]/g, '').trim();

/** What happened in a page that must not have: a dialog, a request to anybody else, a broken rule. */
function watch(page: Page, own: string): string[] {
  const seen = watchViolations(page);
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith('data:') && !url.startsWith('blob:')) seen.push(`request ${url}`);
  });
  return seen;
}

/** Nodes, attributes and addresses that neither the widget nor the console has; and whether anything spills sideways. */
const strangers = (page: Page, boxes: string[]) =>
  page.evaluate((selectors) => {
    const widget = document.querySelector('frontdesk-widget')?.shadowRoot;
    const root = widget ?? document.body;
    const known =
      /^(html|body|frontdesk-widget|div|span|p|a|b|i|em|strong|s|small|mark|ul|ol|li|dl|dt|dd|h[1-4]|button|input|textarea|select|option|optgroup|label|form|fieldset|legend|header|footer|main|nav|aside|section|article|search|output|time|img|br|hr|code|pre|blockquote|table|thead|tbody|tr|th|td|dialog|details|summary|svg|path|circle|rect|line|polyline|polygon|g|kbd|progress)$/;
    const wrong: string[] = [];
    for (const element of root.querySelectorAll('*')) {
      const tag = element.localName;
      const isOwnScript = tag === 'script' && (element as HTMLScriptElement).src.startsWith(location.origin);
      if (!known.test(tag) && !isOwnScript) wrong.push(`<${tag}>`);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || /^(srcdoc|style|action|formaction|ping|background)$/i.test(name))
          if (!(name === 'style' && !widget)) wrong.push(`${tag} ${name}`);
        if (
          /^(href|src|xlink:href)$/i.test(name) &&
          !/^(https?:|mailto:|tel:|[#/.?]|data:,|data:image\/svg)/i.test(value)
        )
          wrong.push(`${tag} ${name}=${value.slice(0, 80)}`);
      }
    }
    if ((window as { pwned?: unknown }).pwned !== undefined) wrong.push('the flag was set');
    if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push('the page is wider than the window');
    for (const selector of selectors)
      for (const box of root.querySelectorAll(selector))
        if (box.scrollWidth > box.clientWidth + 1)
          wrong.push(`${selector} is ${box.scrollWidth} wide in ${box.clientWidth}`);
    return [...new Set(wrong)];
  }, boxes);

test('[S9] every naughty string through every sink: nothing runs, no strange node, nothing lost, nothing breaks', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const relay = await startRelayProcess({ TRUST_PROXY: '127.0.0.1' });
  const folder = makeTempDir();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  try {
    const json = { 'content-type': 'application/json' };
    const signedIn = await fetch(`${relay.url}/api/v1/sign-in`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(relay.owner),
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const api = async (method: string, path: string, body: unknown) => {
      const answer = await fetch(`${relay.url}/api/v1${path}`, {
        method,
        headers: { ...json, cookie },
        body: JSON.stringify(body),
      });
      expect(answer.ok, await answer.clone().text()).toBe(true);
    };

    // What the owner may write: names, texts, labels, an invitation, articles.
    const short = packed(95);
    const long = packed(900);
    const bodies = packed(4_000, '\n\n');
    const worst = long.find((one) => one.includes('<script>')) ?? long[0] ?? '';
    const both = (text: string | undefined) => ({ en: text ?? '', ru: text ?? '' });
    await api('PATCH', '/me', { name: short[0] });
    await api('PATCH', '/sites/demo', {
      name: short[1] ?? short[0],
      settings: {
        texts: {
          ...{ greeting: both(short[0]), intro: both(worst), chatWelcome: both(worst), offline: both(worst) },
          ...{ formIntro: both(worst), formSent: both(worst) },
        },
        launcher: { label: both(short[0]) },
        messengers: [{ kind: 'telegram', handle: 'shop', label: both(short[0]) }],
        form: { fields: [{ key: 'extra', kind: 'longtext', label: both(short[0]), hint: both(short[1]) }] },
      },
    });
    await api('POST', '/sites/demo/triggers', {
      ...{ name: short[0], conditions: [{ type: 'time-on-page', seconds: 0 }], text: both(worst), show: 'bubble' },
    });
    const slugs = async () => {
      const found = await fetch(`${relay.url}/api/v1/sites/demo/articles?locale=en`, { headers: { cookie } });
      return ((await found.json()) as { articles: { slug: string }[] }).articles.map(({ slug }) => slug);
    };
    const before = await slugs();
    mkdirSync(join(folder.path, 'en'));
    const oneLine = (text: string) => text.replace(/\s+/g, ' ');
    bodies.forEach((text, at) => {
      const title = oneLine(short[at % short.length] ?? '').slice(0, 95) || 'x';
      writeFileSync(
        join(folder.path, 'en', `naughty-${at}.md`),
        `---\ntitle: ${title}\n---\n\n${text}\n\nzebrafish ${at}\n`,
      );
    });
    const cli = join(import.meta.dirname, '../../../dist/relay/cli.js');
    execFileSync(process.execPath, [cli, 'kb', 'import', folder.path, '--site', 'demo'], {
      env: { PATH: process.env.PATH ?? '', DATA_DIR: relay.dataDir },
    });

    // A visitor whose page, and an operator whose answers, say everything in the list.
    const page = await context.newPage();
    const seen = watch(page, relay.url);
    const query = encodeURIComponent(worst.slice(0, 600));
    const shop = await openShop(page, `${relay.url}/demo/en/?q=${query}#${query}`);
    await shop.open();
    expect(await strangers(page, ['.fd-window', '.fd-home'])).toEqual([]);
    await shop.channel('chat');
    const [tokenKey] = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(':token')));
    const token = await page.evaluate(
      (key) => JSON.parse(localStorage.getItem(key) ?? 'null') as string,
      tokenKey ?? '',
    );
    const visitor = await rawSocket(`${relay.url}/api/visitor/socket?site=demo`);
    visitor.send(visitorHello(token, { site: 'demo' }));
    const welcome = await visitor.heard('welcome');
    const chat = 'conversation' in welcome ? welcome.conversation : '';
    const operator = await rawSocket(`${relay.url}/api/v1/socket`, { cookie });
    operator.send(operatorHello({ site: 'demo' }));
    await operator.heard('welcome');
    for (const socket of [visitor, operator])
      for (const [at, text] of texts.entries()) {
        socket.send({ type: 'message:send', id: randomUUIDv7(), n: at + 1, conversation: chat, text });
        if (at % 50 === 49 || at === texts.length - 1) await socket.heard('ack', ({ n }) => n === at + 1);
      }
    for (const socket of [visitor, operator]) expect(socket.frames.filter(({ type }) => type === 'reject')).toEqual([]);

    await expect(shop.messages).toHaveCount(texts.length * 2, { timeout: 30_000 });
    const shown = await page.evaluate(() => {
      const all = document.querySelector('frontdesk-widget')?.shadowRoot?.querySelectorAll('.fd-message') ?? [];
      return [...all].map((one) => [
        one.classList.contains('fd-message-visitor') ? 'visitor' : 'operator',
        one.querySelector('.fd-bubble > p')?.textContent ?? '',
      ]);
    });
    expect(shown).toEqual([...texts.map((text) => ['visitor', text]), ...texts.map((text) => ['operator', text])]);
    expect(await strangers(page, ['.fd-window', '.fd-messages', '.fd-bubble'])).toEqual([]);
    await expect(shop.composer).toBeVisible();
    await expect(shop.composer).toBeInViewport();

    // Articles, by search and one after another.
    await page.getByRole('button', { name: shop.words.back, exact: true }).click();
    await page.locator('.fd-search input').first().click();
    await page.locator('.fd-search input').last().fill('zebrafish');
    await expect(page.locator('.fd-result').first()).toBeVisible();
    expect(await strangers(page, ['.fd-window', '.fd-results'])).toEqual([]);
    const fresh = (await slugs()).filter((slug) => !before.includes(slug));
    expect(fresh.length).toBe(bodies.length);
    for (const slug of fresh) {
      await frontdesk(page, 'article', slug);
      await expect(page.locator('.fd-article')).toBeVisible();
      expect(await strangers(page, ['.fd-window']), slug).toEqual([]);
    }
    expect(seen).toEqual([]);

    // Visitors who came from, look at, are called and write what is in the list.
    const names = packed(480);
    const ids: string[] = [];
    for (const [at, name] of names.entries()) {
      const from = { 'x-forwarded-for': `198.51.${Math.floor(at / 250)}.${1 + (at % 250)}` };
      const address = {
        url: `https://shop.example/?${name}`.slice(0, 2_000),
        title: name.slice(0, 290),
        referrer: name,
      };
      const later = { ...address, title: name.slice(-290) };
      const headers = {
        ...json,
        ...from,
        'user-agent': `Mozilla/5.0 ${header(name)}`.slice(0, 480),
        'accept-language': 'en',
      };
      const session = await fetch(`${relay.url}/api/visitor/session`, {
        ...{ method: 'POST', headers },
        body: JSON.stringify({
          site: 'demo',
          page: address,
          locale: 'en',
          timeZone: name.slice(0, 60),
          screen: name.slice(0, 30),
        }),
      });
      const { token: own, quiet } = (await session.json()) as { token?: string; quiet: boolean };
      // Who calls themself a crawler is one.
      if (quiet) continue;
      const form = {
        ...{ type: 'form:submit', id: randomUUIDv7(), n: 1, locale: 'en', email: `a${at}@example.com`, page: later },
        ...{ name, subject: name, message: name, fields: { extra: name } },
      };
      const answer = await fetch(`${relay.url}/api/visitor/commands`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${own}` },
        body: JSON.stringify({
          hello: visitorHello('', { site: 'demo', token: undefined, page: address }),
          frames: [form],
        }),
      });
      const { frames } = (await answer.json()) as { frames: { type: string; conversation: string }[] };
      expect(frames).toMatchObject([{ type: 'ack' }]);
      ids.push(frames[0]?.conversation ?? '');
      // What they missed in an article, and looked for in vain.
      const tell = (path: string, more: object) =>
        fetch(`${relay.url}/api/visitor/${path}`, {
          ...{ method: 'POST', headers: { ...headers, authorization: `Bearer ${own}` } },
          body: JSON.stringify({ site: 'demo', ...more }),
        });
      const vote = await tell('articles/returns/votes', { locale: 'en', helped: false, comment: name });
      expect(vote.status).toBe(200);
      for (let from = 0; from < name.length; from += 40) {
        const search = await tell('failed-searches', { locale: 'ru', query: name.slice(from, from + 40) });
        expect(search.status).toBe(200);
      }
    }
    expect(ids.length).toBeGreaterThan(0);

    // The console: every message, every list row, every card.
    const desk = await openDesk(await context.newPage(), relay.url, relay.owner, 'en');
    const alarms = watch(desk.page, relay.url);
    await desk.page.goto(`${relay.url}/console/demo/all/${chat}`);
    await expect(desk.composer).toBeVisible();
    const bubbles = desk.page.locator('.thread .bubble');
    await expect(bubbles.first()).toBeVisible();
    for (let tries = 0; tries < 400 && (await bubbles.count()) < texts.length * 2; tries++) {
      await desk.page.evaluate(() => {
        const thread = document.querySelector('.thread');
        if (thread) thread.scrollTop = thread.scrollTop === 0 ? 60 : 0;
      });
      await desk.page.waitForTimeout(40);
    }
    const said = await bubbles.evaluateAll((all) => all.map((one) => one.textContent ?? ''));
    expect(said).toEqual([...texts, ...texts]);
    const boxes = ['.thread', '.bubble', '.person', '.list', '.form-card', '.conversation-head'];
    expect(await strangers(desk.page, boxes)).toEqual([]);
    await expect(desk.composer).toBeInViewport();
    for (const [at, id] of ids.entries()) {
      await desk.page.evaluate((to) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, `/console/demo/all/${id}`);
      const card = desk.page.locator('.form-card-text');
      await expect(card).toBeVisible();
      await expect(desk.page.locator('.person-body')).toBeVisible();
      expect(await strangers(desk.page, boxes), names[at]).toEqual([]);
      await expect(desk.composer).toBeInViewport();
    }
    for (const place of [
      'on-site',
      'settings/site',
      'settings/operators',
      'settings/texts',
      'settings/invitations',
      'settings/articles',
      'settings/articles/en:returns',
      'settings/articles/failed-searches',
      'settings/form',
      'settings/messengers',
    ]) {
      await desk.page.goto(`${relay.url}/console/demo/${place}`);
      await expect(desk.page.getByRole('heading').first()).toBeVisible();
      if (place.endsWith('en:returns'))
        await expect(desk.page.locator('.article-comment')).toHaveCount(Math.min(ids.length, 100));
      if (place.endsWith('failed-searches')) await expect(desk.page.locator('.failed-search').nth(20)).toBeVisible();
      expect(await strangers(desk.page, ['.article-comment', '.failed-search']), place).toEqual([]);
    }
    expect([...seen, ...alarms]).toEqual([]);
    visitor.close();
    operator.close();
  } finally {
    await context.close();
    await relay.remove();
    folder.remove();
  }
});
