import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCTS } from '../../demo/catalogue.ts';
import { fitting } from '../../knowledge/search/page-fit.ts';
import { pageWords } from '../../knowledge/search/page-words.ts';
import type { SearchIndex } from '../../knowledge/search/search-index.ts';

/** An article as a page of its own stands for it. */
export interface PageEntry {
  id: string;
  locale: string;
  title: string;
  summary: string;
  /** The page it was published at. */
  source_url: string;
}
interface Page {
  page: string;
  title: string;
  /** Articles that are right for it; none: a page about something else. */
  relevant: string[];
}

const SHOWN = 4;
const SITE = 'VK Cloud';
/** Pages that every shop has: path and title. */
const STOCK: Record<string, readonly string[]> = {
  en: ['/ Home', '/cart Your cart', '/about About us', '/careers Careers', '/our-story Our story', '/gifts Gift ideas'],
  ru: ['/ Главная', '/cart Корзина', '/about О нас', '/vacancies Вакансии', '/istoriya Наша история', '/gifts Подарки'],
};

/** Titles of encyclopaedia articles, when they lie beside the knowledge base. */
function encyclopaedia(folder: string, locale: string): Page[] {
  const file = join(folder, '..', 'relevance', `xquad-${locale}-dev.json`);
  if (!existsSync(file)) return [];
  const { docs } = JSON.parse(readFileSync(file, 'utf8')) as { docs: { title: string }[] };
  return [...new Set(docs.map(({ title }) => title))].map((title) => ({
    ...{ page: `/wiki/${encodeURIComponent(title)}`, title: `${title} — Wikipedia`, relevant: [] },
  }));
}

/**
 * How often the suggestions for a page hold its article, and how often a page about something else gets none. Pages are made of
 * what articles are called, described as and linked by, with the site's name behind it as titles have it.
 */
export function benchPages(
  folder: string,
  entries: readonly PageEntry[],
  links: readonly { locale: string; query: string; relevant: string[] }[],
  indexes: ReadonlyMap<string, SearchIndex>,
): Record<string, unknown>[] {
  const rows = [...indexes].flatMap(([locale, index]) => {
    const own = entries.filter((entry) => entry.locale === locale);
    const kinds: Record<string, Page[]> = {
      'title and address': own.map(({ id, title, source_url: page }) => ({
        ...{ page, title: `${title} — ${SITE}`, relevant: [id] },
      })),
      'address alone': own.map(({ id, source_url: page }) => ({ page, title: SITE, relevant: [id] })),
      'summary as title': own.map(({ id, summary }) => ({ page: '/', title: `${summary} | ${SITE}`, relevant: [id] })),
      'link text as title': links
        .filter((one) => one.locale === locale)
        .map(({ query, relevant }) => ({ page: '/', title: `${query} — ${SITE}`, relevant })),
      'products of a tea shop': PRODUCTS.map(({ slug, name }) => ({
        ...{ page: `/${locale}/product/${slug}`, title: `${name[locale as 'en']} — ${SITE}`, relevant: [] },
      })),
      'pages that every shop has': (STOCK[locale] ?? []).map((line) => {
        const [page = '', ...title] = line.split(' ');
        return { page, title: `${title.join(' ')} — ${SITE}`, relevant: [] };
      }),
      'encyclopaedia articles': encyclopaedia(folder, locale),
    };
    return Object.entries(kinds).map(([kind, pages]) => ({ locale, kind, ...judged(index, pages) }));
  });
  console.log(`pages: the right article among ${SHOWN}, and pages that got any`);
  console.table(rows);
  return rows;
}

function judged(index: SearchIndex, pages: readonly Page[]) {
  let right = 0;
  let any = 0;
  const times: number[] = [];
  for (const { page, title, relevant } of pages) {
    const begun = performance.now();
    const fits = fitting(index, pageWords({ page, title, site: SITE }), SHOWN);
    times.push(performance.now() - begun);
    if (fits.length > 0) any += 1;
    if (fits.some(({ key }) => relevant.includes(key))) right += 1;
  }
  times.sort((a, b) => a - b);
  const share = (count: number) => (pages.length === 0 ? '' : (count / pages.length).toFixed(3));
  const wanted = pages.some(({ relevant }) => relevant.length > 0);
  return {
    pages: pages.length,
    right: wanted ? share(right) : '',
    any: share(any),
    p99: `${(times[Math.floor(times.length * 0.99)] ?? 0).toFixed(2)} ms`,
  };
}
