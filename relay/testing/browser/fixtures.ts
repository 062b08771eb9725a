import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { addOperator, openOperator, signIn } from '../clients.ts';
import { type Desk, openDesk } from './desk.ts';
import { type RelayProcess, startRelayProcess } from './relay-process.ts';
import { openShop, type Shop } from './shop.ts';

/** A page of somebody's own site, with the headers it is served with. */
export interface HostPage {
  url: string;
  origin: string;
}

interface Fixtures {
  /** A visitor of the demo shop in a browser of their own. */
  visitor(options?: { locale?: 'en' | 'ru'; path?: string; device?: BrowserContextOptions }): Promise<Shop>;
  /** An operator in the console, signed in. */
  operator(options?: {
    locale?: 'en' | 'ru';
    device?: BrowserContextOptions;
    credentials?: { email: string; password: string };
  }): Promise<Desk>;
  /** Adds an operator to the demo shop, who has chosen this password. */
  colleague(who: { name: string; email: string; password: string }): Promise<void>;
  /** Serves a page from an origin of its own, which the demo site allows unless said otherwise. */
  hostPage(html: string, headers?: Record<string, string>, allowed?: boolean): Promise<HostPage>;
  /** What the owner may do over the API. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
}

export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 860 } };

export const test = base.extend<Fixtures, { relay: RelayProcess; onDuty: boolean }>({
  /** Whether somebody of the team is online all the time, so that the chat is offered. */
  onDuty: [true, { option: true, scope: 'worker' }],
  relay: [
    async ({ onDuty }, use) => {
      const relay = await startRelayProcess();
      const operator = onDuty ? await openOperator({ ...relay, site: { key: 'demo' } }, relay.owner) : null;
      await use(relay);
      operator?.session.destroy();
      await relay.remove();
    },
    { scope: 'worker' },
  ],

  visitor: async ({ browser, relay }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ locale = 'en', path = '', device = DESKTOP } = {}) => {
      const context = await browser.newContext({ ...device, locale: locale === 'ru' ? 'ru-RU' : 'en-US' });
      contexts.push(context);
      return openShop(await context.newPage(), `${relay.url}/demo/${locale}/${path}`, locale);
    });
    for (const context of contexts) await context.close();
  },

  operator: async ({ browser, relay }, use) => {
    const contexts: BrowserContext[] = [];
    await use(
      async ({
        locale = 'en',
        device = { viewport: { width: 1440, height: 900 } },
        credentials = relay.owner,
      } = {}) => {
        const context = await browser.newContext({ ...device, locale: locale === 'ru' ? 'ru-RU' : 'en-US' });
        contexts.push(context);
        return openDesk(await context.newPage(), relay.url, credentials, locale);
      },
    );
    for (const context of contexts) await context.close();
  },

  colleague: async ({ relay }, use) => {
    const demo = { url: relay.url, site: { key: 'demo' } };
    await use(async (who) => void (await addOperator(demo, await signIn(demo, relay.owner), who)));
  },

  api: async ({ relay, playwright }, use) => {
    const request = await playwright.request.newContext({ baseURL: `${relay.url}/api/v1/` });
    const signedIn = await request.post('sign-in', { data: relay.owner });
    expect(signedIn.ok()).toBe(true);
    await use(async (method, path, body) => {
      const answer = await request.fetch(path, { method, ...(body !== undefined && { data: body }) });
      if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
      return answer.json();
    });
    await request.dispose();
  },

  hostPage: async ({ api }, use) => {
    const closes: (() => void)[] = [];
    const origins = async () => ((await api('GET', 'sites/demo')) as { origins: string[] }).origins;
    const before = await origins();
    await use(async (html, headers = {}, allowed = true) => {
      const server = createServer((_, answer) => {
        answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
        answer.end(html);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closes.push(() => server.close());
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      if (!allowed) return { origin, url: `${origin}/` };
      await api('PATCH', 'sites/demo', { origins: [...(await origins()), origin] });
      return { origin, url: `${origin}/` };
    });
    for (const close of closes) close();
    // A site has at most a hundred of them.
    await api('PATCH', 'sites/demo', { origins: before });
  },
});

/** What a page's console said of broken rules; a journey has to end with none. */
export function watchViolations(page: Page): string[] {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted Type|Refused to/i.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(String(error)));
  return violations;
}

export { expect };
