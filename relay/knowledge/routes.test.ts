import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenAPIHono } from '@hono/zod-openapi';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { fileRoutes } from '../files/routes.ts';
import { answerError } from '../http/answers.ts';
import type { AppEnv } from '../http/env.ts';
import type { Article, ArticleHit } from '../protocol/articles.ts';
import { FrontdeskError } from '../protocol/errors.ts';
import { createSite, type Site, siteByKey } from '../sites/store.ts';
import { createCommitQueue, openStore, type Persistence } from '../store/index.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { consoleArticleRoutes } from './console-routes.ts';
import { createFeedback, type Feedback } from './feedback.ts';
import { importFolder } from './import.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';
import { articleRoutes } from './routes.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><script>alert(1)</script></svg>';
let store: Persistence;
let site: Site;
let clock: TestClock;
let knowledge: Knowledge;
let feedback: Feedback;
let app: OpenAPIHono<AppEnv>;

const importFiles = async (files: Record<string, string>): Promise<void> => {
  const dir = tempDir();
  for (const folder of ['ru', 'en', 'assets']) mkdirSync(join(dir, folder));
  for (const [path, content] of Object.entries(files)) writeFileSync(join(dir, path), content);
  await importFolder({ store, clock, site, dir });
};
const hits = async (query: string): Promise<ArticleHit[]> => {
  const answer = await app.request(`/api/visitor/articles?${query}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  return ((await answer.json()) as { articles: ArticleHit[] }).articles;
};

beforeEach(async () => {
  const opened = await openStore({ dataDir: tempDir() });
  store = opened;
  clock = testClock();
  const queue = createCommitQueue(store);
  onTestFinished(async () => {
    await queue.drained();
    await opened.close();
  });
  site = await store.tx((db) => createSite(db, store.t, { key: 'shop', name: 'Shop', at: new Date(clock.now()) }));
  knowledge = createKnowledge({ store, clock });
  feedback = createFeedback({ store, queue, clock, knowledge });
  const bySite = async (key: string) => (await siteByKey(store.read, store.t, key)) ?? null;
  app = new OpenAPIHono<AppEnv>();
  app.onError((error, c) => answerError(c, error instanceof FrontdeskError ? error : new FrontdeskError('internal')));
  app.route('/', articleRoutes({ knowledge, siteByKey: bySite }));
  app.route('/', fileRoutes({ store, siteByKey: bySite }));
  app.use('/console/*', async (c, next) => {
    c.set('site', { id: site.id, key: site.key, role: 'owner' });
    await next();
  });
  app.route('/console', consoleArticleRoutes({ store, knowledge, feedback }));
  await importFiles({
    'ru/delivery.md': '# Доставка\n\nКурьер привезёт заказ.\n\n![знак](../assets/a.svg)',
    'ru/pay.md': '# Оплата\n\nКартой или наличными курьеру.',
    'en/delivery.md': '# Delivery\n\nA courier brings the order.',
    'assets/a.svg': SVG,
  });
});

describe('the public search', () => {
  it('answers in the documented shape, best first, in the language asked for', async () => {
    const found = await hits('site=shop&locale=ru-RU&q=доставка');
    expect(found[0]).toEqual({
      slug: 'delivery',
      title: 'Доставка',
      section: '',
      snippet: expect.stringContaining('Курьер'),
      externalId: 'ru/delivery',
    });
    expect((await hits('site=shop&locale=ru&q=курьер'))[0]?.snippet).toContain('\ue000Курьер\ue001');
    expect((await hits('site=shop&locale=en&q=courier')).map(({ externalId }) => externalId)).toEqual(['en/delivery']);
    expect((await hits('site=shop&locale=de&q=courier')).map(({ externalId }) => externalId)).toEqual(['en/delivery']);
  });

  it('shows the popular before anything is typed', async () => {
    expect((await hits('site=shop&locale=ru')).map(({ slug }) => slug)).toEqual(['delivery', 'pay']);
    // Fetching one is not reading it: lists of what the page suggests do so too.
    await app.request('/api/visitor/articles/pay?site=shop&locale=ru');
    expect((await hits('site=shop&locale=ru')).map(({ slug }) => slug)).toEqual(['delivery', 'pay']);
    const pay = { siteId: site.id, locale: 'ru', slug: 'pay' };
    await feedback.viewed(pay, { visitorId: 'a visitor', visitId: 'a visit' });
    expect((await hits('site=shop&locale=ru')).map(({ slug }) => slug)).toEqual(['pay', 'delivery']);
  });

  it('shows what fits the page first, then the popular, each once; on any other page those alone', async () => {
    const on = async (page: string, title: string) =>
      (await hits(`site=shop&locale=ru&page=${encodeURIComponent(page)}&title=${encodeURIComponent(title)}`)).map(
        ({ slug }) => slug,
      );
    expect(await on('/ru/oplata', 'Оплата заказа — Shop')).toEqual(['pay', 'delivery']);
    expect(await on('/ru/dostavka', 'Доставка | Shop')).toEqual(['delivery', 'pay']);
    expect(await on('/pay/thanks', 'Shop')).toEqual(['delivery', 'pay']);
    expect(await on('https://shop.example/about', 'О нас — Shop')).toEqual(['delivery', 'pay']);
    expect(await on('http://[', '%'.repeat(300))).toEqual(['delivery', 'pay']);
    expect((await app.request(`/api/visitor/articles?site=shop&title=${'x'.repeat(301)}`)).status).toBe(400);
  });

  it('sees what another process has imported within two seconds', async () => {
    expect(await hits('site=shop&locale=ru&q=самовар')).toEqual([]);
    await importFiles({ 'ru/samovar.md': '# Самовар\n\nНа углях.' });
    clock.advance(2_001);
    expect((await hits('site=shop&locale=ru&q=самовар')).map(({ slug }) => slug)).toEqual(['samovar']);
  });

  it('says when there is no such site, and does not mind odd queries', async () => {
    expect((await app.request('/api/visitor/articles?site=none&q=a')).status).toBe(404);
    expect((await app.request('/api/visitor/articles?q=a')).status).toBe(400);
    for (const q of ['%00', '%F0%9F%98%80', "'; drop table articles --", '%']) {
      expect((await app.request(`/api/visitor/articles?site=shop&q=${q}`)).status).toBe(200);
    }
  });
});

describe('an article', () => {
  const article = async (path: string): Promise<Article> =>
    (await (await app.request(`/api/visitor/articles/${path}`)).json()) as Article;

  it('is given in the language asked for, else in the one that has it', async () => {
    expect(await article('delivery?site=shop&locale=ru')).toMatchObject({
      title: 'Доставка',
      translations: { en: 'delivery' },
    });
    expect(await article('delivery?site=shop&locale=en')).toMatchObject({ title: 'Delivery', locale: 'en' });
    expect(await article('pay?site=shop&locale=en')).toMatchObject({ title: 'Оплата', locale: 'ru' });
    expect((await app.request('/api/visitor/articles/none?site=shop')).status).toBe(404);
  });

  it('[S11] has pictures that run nothing', async () => {
    const { nodes } = await article('delivery?site=shop&locale=ru');
    const address = /\/api\/visitor\/files\/shop\/[0-9a-f]{64}/.exec(JSON.stringify(nodes))?.[0] ?? '';
    const picture = await app.request(address);
    expect(await picture.text()).toBe(SVG);
    expect(Object.fromEntries(picture.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('attachment'),
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const again = await app.request(address, { headers: { 'if-none-match': picture.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect((await app.request(address.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status).toBe(404);
    expect((await app.request(address.replace('/shop/', '/none/'))).status).toBe(404);
  });

  it('is listed and shown in the console', async () => {
    const list = (await (await app.request('/console/sites/shop/articles?locale=ru')).json()) as {
      articles: { slug: string }[];
    };
    expect(list.articles.map(({ slug }) => slug)).toEqual(['delivery', 'pay']);
    const found = (await (
      await app.request('/console/sites/shop/articles?locale=ru&q=наличными')
    ).json()) as typeof list;
    expect(found.articles.map(({ slug }) => slug)).toEqual(['pay']);
    expect(await (await app.request('/console/sites/shop/articles/ru/pay')).json()).toMatchObject({ title: 'Оплата' });
  });
});
