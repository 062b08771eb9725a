import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSite, type Site } from '../sites/store.ts';
import { openStore, type Persistence } from '../store/index.ts';
import { type TestClock, testClock } from '../testing/clock.ts';
import { freshDatabase } from '../testing/postgres.ts';
import { tempDir } from '../testing/temp-dir.ts';
import { exportFolder } from './export.ts';
import { importFolder } from './import.ts';
import { freeSlug, slugOf } from './slugs.ts';
import { readArticle } from './store.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"><path d="M0 0"/></svg>';
let store: Persistence;
let site: Site;
let clock: TestClock;
let dir: string;

const put = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
};
const run = (locale?: string) => importFolder({ store, clock, site, dir, locale });
const read = (slug: string, locale = 'ru') =>
  readArticle(store.read, store.t, { siteId: site.id, slug, locale, drafts: false });

const engines = {
  sqlite: async () => openStore({ dataDir: tempDir() }),
  pg: async () => {
    const database = await freshDatabase();
    onTestFinished(database.drop);
    return openStore({ databaseUrl: database.url, dataDir: '' });
  },
};

const setUp = async (engine: keyof typeof engines): Promise<void> => {
  const opened = await engines[engine]();
  onTestFinished(() => opened.close());
  store = opened;
  clock = testClock();
  site = await store.tx((db) => createSite(db, store.t, { key: 'shop', name: 'Shop', at: new Date(clock.now()) }));
  dir = tempDir();
  put(
    'ru/help.delivery.md',
    '# Доставка\n\nСм. [оплату](help.pay.md#картой) и [нет](gone.md).\n\n![знак](../assets/a.svg)',
  );
  put('ru/help.pay.md', '# Оплата\n\n## Картой\n\n[наверх](#картой)');
  put('en/help.delivery.md', '# Delivery\n\nSoon.');
  put('assets/a.svg', SVG);
};

describe.each(['sqlite', 'pg'] as const)('importing a folder on %s', (engine) => {
  beforeEach(() => setUp(engine));

  it('takes each language, with links that land and pictures that are kept', async () => {
    const report = await run();
    expect(report).toMatchObject({ added: 3, changed: 0, unchanged: 0, skipped: [], pictures: 1 });
    expect(report.links).toEqual({ resolved: 2, missing: 1 });
    const article = await read('help-delivery');
    expect(article).toMatchObject({
      title: 'Доставка',
      externalId: 'ru/help.delivery',
      translations: { en: 'help-delivery' },
    });
    const text = JSON.stringify(article?.nodes);
    expect(text).toContain('"#article/help-pay#картой"');
    expect(text).toMatch(/"\/api\/visitor\/files\/shop\/[0-9a-f]{64}"/);
    for (const part of ['"a":"знак"', '"w":24', '"h":12']) expect(text).toContain(part);
    expect(text).not.toContain('gone.md');
  });

  it('knows articles again: nothing changes by itself, slugs stay, a change is one change', async () => {
    await run();
    clock.advance(1_000);
    expect(await run()).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    put('ru/help.delivery.md', '# Совсем другое имя\n\nТекст.');
    expect(await run()).toMatchObject({ added: 0, changed: 1, unchanged: 2 });
    expect((await read('help-delivery'))?.title).toBe('Совсем другое имя');
  });

  it('says why a file was left out, and takes the others', async () => {
    put('ru/latin1.md', new Uint8Array([0x23, 0x20, 0xe9, 0xff, 0x0a]));
    put('ru/empty.md', ' \n');
    put('ru/huge.md', 'x'.repeat(1024 * 1024 + 1));
    const report = await run();
    expect(report.added).toBe(3);
    expect(report.skipped.map(({ path }) => path).sort()).toEqual(['ru/empty.md', 'ru/huge.md', 'ru/latin1.md']);
    for (const { reason } of report.skipped) expect(reason).toMatch(/^It is .*\.$/);
  });

  it('takes titles, sections and translations from the manifest', async () => {
    const entries = [
      {
        id: 'ru/help.pay',
        path: 'ru/help.pay.md',
        title: 'Как платить',
        section: 'Заказ',
        translation_of: 'en/help.delivery',
      },
      { id: 'en/help.delivery', path: 'en/help.delivery.md', summary: 'Fast', pinned: true },
    ];
    put('manifest.json', JSON.stringify(entries));
    await run();
    expect(await read('help-pay')).toMatchObject({
      title: 'Как платить',
      section: 'Заказ',
      translations: { en: 'help-delivery' },
    });
    expect((await read('help-pay', 'en'))?.title).toBe('Delivery');
    put('manifest.json', 'not json');
    await expect(run()).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('imports one language alone, and a folder without languages when told which', async () => {
    expect(await run('en')).toMatchObject({ added: 1 });
    const flat = tempDir();
    writeFileSync(join(flat, 'Обмен товара.md'), 'Без заголовка.');
    await expect(importFolder({ store, clock, site, dir: flat })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(importFolder({ store, clock, site, dir: flat, locale: 'xx' })).rejects.toMatchObject({
      code: 'bad-request',
    });
    await importFolder({ store, clock, site, dir: flat, locale: 'ru' });
    expect(await read('obmen-tovara')).toMatchObject({ title: 'Обмен товара', externalId: 'Обмен товара' });
  });

  it('takes no picture from outside of the folder and none that only says it is one', async () => {
    const secret = join(tempDir(), 'secret.svg');
    writeFileSync(secret, SVG);
    symlinkSync(secret, join(dir, 'assets/link.svg'));
    put('assets/fake.png', '<html>');
    put(
      'ru/x.md',
      '![a](../assets/link.svg) ![b](../../../../../../etc/hostname) ![c](../assets/fake.png) ![d](../assets/no.png)',
    );
    const report = await run();
    expect(report.lostPictures).toHaveLength(4);
    expect(JSON.stringify((await read('x'))?.nodes)).not.toContain('img');
  });

  it('is undone by an export that can be imported again', async () => {
    await run();
    const out = tempDir();
    expect(await exportFolder({ store, site, dir: out })).toEqual({ articles: 3, pictures: 1 });
    expect(readdirSync(join(out, 'ru'))).toEqual(['help.delivery.md', 'help.pay.md']);
    expect(readFileSync(join(out, 'assets/a.svg'), 'utf8')).toBe(SVG);
    const other = await store.tx((db) => createSite(db, store.t, { key: 'other', name: 'Other', at: new Date(0) }));
    const report = await importFolder({ store, clock, site: other, dir: out });
    expect(report).toMatchObject({ added: 3, pictures: 1, skipped: [] });
  });
});

describe('slugs', () => {
  it('are readable and free', () => {
    expect(slugOf('Возврат и обмен: 14 дней')).toBe('vozvrat-i-obmen-14-dney');
    const taken = new Set(['pay', 'b-pay']);
    expect(freeSlug('a/b/pay', 'Pay', (slug) => taken.has(slug))).toBe('a-b-pay');
    expect(freeSlug('a/index', 'X', () => false)).toBe('a');
    expect(freeSlug('支付', '支付', () => false)).toBe('article-2');
  });
});
