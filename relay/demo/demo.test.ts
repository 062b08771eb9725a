import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { messengerUrl } from '../sites/messengers.ts';
import { siteByKey } from '../sites/store.ts';
import { openStore } from '../store/index.ts';
import { testClock } from '../testing/clock.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { listTriggers } from '../triggers/store.ts';
import { PRODUCTS } from './catalogue.ts';
import { demoFolder } from './folder.ts';
import { html } from './html.ts';
import { demoRoutes, preferredLocale } from './routes.ts';
import { seedDemo } from './seed.ts';

const app = demoRoutes();
const text = async (path: string): Promise<string> => (await app.request(path)).text();

describe('the demo shop', () => {
  it('answers at its door in the language that the browser prefers, and says so', async () => {
    const asked = (language: string) => app.request('/demo/', { headers: { 'accept-language': language } });
    expect(await (await asked('ru-RU,ru;q=0.9,en;q=0.8')).text()).toContain('<html lang="ru">');
    expect(await (await asked('de,en;q=0.7')).text()).toContain('<html lang="en">');
    expect(preferredLocale('en;q=0.5, ru;q=0.6')).toBe('ru');
    expect(preferredLocale(undefined)).toBe('en');
    expect((await asked('ru')).headers.get('vary')).toBe('accept-language');
  });

  it('has the widget on every page, a link to the other language, and runs nothing that is inline', async () => {
    const names = ['', 'delivery', 'contacts', 'cart', ...PRODUCTS.map(({ slug }) => `product/${slug}`)];
    for (const [locale, other] of [
      ['ru', 'en'],
      ['en', 'ru'],
    ] as const) {
      for (const name of names) {
        const answer = await app.request(`/demo/${locale}/${name}`);
        const page = await answer.text();
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(page).toContain('<script async src="/widget.js" data-site="demo"></script>');
        expect(page).toContain(`href="/demo/${other}/${name}"`);
        expect(page).not.toMatch(/<script(?! async src)|<style|\sstyle=|\son[a-z]+=|undefined|\[object/);
      }
    }
  });

  it('opens the widget from its own elements, on articles that are there', async () => {
    const pages = (
      await Promise.all(['', 'delivery', 'contacts', 'cart', 'product/gaiwan'].map((name) => text(`/demo/ru/${name}`)))
    ).join('');
    expect(pages).toContain('data-frontdesk-open="chat"');
    expect(pages).toContain('href="#frontdesk/email"');
    expect(pages).toContain('data-frontdesk-prefill-subject="Где мой заказ"');
    const { store, site, knowledge } = await seeded();
    const slugs = [...pages.matchAll(/(?:open="|#frontdesk\/)article\/([a-z-]+)/g)].map(([, slug]) => slug ?? '');
    expect(slugs.length).toBeGreaterThan(6);
    for (const slug of slugs) expect((await knowledge.read(site.id, 'ru', slug))?.locale).toBe('ru');
    expect(store.dialect).toBe('sqlite');
  });

  it('has pictures for all it sells, and 404 for what it does not', async () => {
    for (const { slug } of PRODUCTS) {
      const picture = await app.request(`/demo/assets/${slug}.svg`);
      expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    }
    for (const path of ['/demo/ru/product/none', '/demo/en/none', '/demo/assets/none.svg', '/demo/assets/..%2fseed.ts'])
      expect((await app.request(path)).status).toBe(404);
    expect(await text('/demo/ru/product/%3Cscript%3E')).not.toContain('<script>');
  });

  it('escapes what is put into its templates', () => {
    expect(html`<a href="${'"><b>'}">${"<&'"}${html`<i>`}</a>`.text).toBe(
      '<a href="&quot;&gt;&lt;b&gt;">&lt;&amp;&#39;<i></a>',
    );
  });

  it('finds its files beside its source and beside the bundle', () => {
    const dist = tempDir();
    mkdirSync(join(dist, 'demo/articles'), { recursive: true });
    writeFileSync(join(dist, 'demo/articles/manifest.json'), '[]');
    expect(demoFolder(dist)).toBe(join(dist, 'demo'));
    expect(demoFolder()).toBe(import.meta.dirname);
  });
});

async function seeded() {
  const store = await openStore({ dataDir: tempDir() });
  const clock = testClock();
  onTestFinished(async () => {
    await store.close();
  });
  const first = await seedDemo({ store, clock });
  const again = await seedDemo({ store, clock });
  const site = await siteByKey(store.read, store.t, 'demo');
  if (site === undefined) throw new Error('no demo site');
  return { store, first, again, site, knowledge: createKnowledge({ store, clock }) };
}

describe('the demo site', () => {
  it('is made once, with settings, an invitation and articles in both languages', async () => {
    const { store, first, again, site, knowledge } = await seeded();
    expect([first, again]).toEqual([{ created: true }, { created: false }]);
    expect(site.settings.channels).toHaveLength(4);
    for (const messenger of site.settings.messengers) expect(messengerUrl(messenger)).not.toBeNull();
    expect(await listTriggers(store.read, store.t, site.id)).toHaveLength(1);
    for (const locale of ['ru', 'en']) {
      expect(await knowledge.hasArticles(site.id, locale)).toBe(true);
      const popular = await knowledge.popular(site.id, locale);
      expect(popular.map(({ slug }) => slug).slice(0, 4)).toEqual(['delivery', 'tracking', 'returns', 'brewing']);
    }
  });

  it('has articles that are found, whose links all land and whose pictures are kept', async () => {
    const { store, site, knowledge } = await seeded();
    for (const [locale, query, slug] of [
      ['ru', 'где посылка', 'tracking'],
      ['ru', 'вернуть деньги', 'refund-time'],
      ['ru', 'скока кофеина', 'caffeine'],
      ['ru', 'pfdfhbdfnm', 'brewing'],
      ['en', 'promo cdoes', 'promo-codes'],
      ['en', 'broken cup', 'teaware-care'],
      ['en', 'gift', 'gift-cards'],
    ] as const) {
      const found = (await knowledge.search(site.id, locale, query)).map((hit) => hit.slug);
      expect(found.slice(0, 3), query).toContain(slug);
    }
    const rows = await store.read.select().from(store.t.articles);
    const slugs = new Set(rows.map(({ locale, slug }) => `${locale}/${slug}`));
    expect(rows).toHaveLength(44);
    for (const { locale, nodes, markdown } of rows) {
      for (const [, slug] of JSON.stringify(nodes).matchAll(/#article\/([^"#]+)/g))
        expect(slugs).toContain(`${locale}/${slug}`);
      expect(markdown).not.toContain('!\n');
      expect((JSON.stringify(nodes).match(/"t":"a"/g) ?? []).length).toBe(
        (markdown.match(/(?<!!)\[[^\]]+\]\((?!https:)/g) ?? []).length,
      );
    }
    expect(JSON.stringify(rows)).toContain('"t":"video"');
  });
});
