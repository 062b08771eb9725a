import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resolveLinks } from '../../knowledge/markdown/links.ts';
import { readMarkdown } from '../../knowledge/markdown/read.ts';
import { articleText } from '../../knowledge/search/article-text.ts';
import { buildIndex, type Searchable } from '../../knowledge/search/build.ts';
import { fitting } from '../../knowledge/search/page-fit.ts';
import { pageWords } from '../../knowledge/search/page-words.ts';
import { cutPassage } from '../../knowledge/search/passage.ts';
import { searchIndex } from '../../knowledge/search/query.ts';
import type { SearchIndex } from '../../knowledge/search/search-index.ts';
import { plainBm25 } from './bm25.ts';
import { miniSearch } from './minisearch.ts';
import { benchPages, type PageEntry } from './pages.ts';

/**
 * How well and how fast articles are found: our search beside plain BM25 and MiniSearch on the same articles and
 * judgments, in one run. The folder of `BENCH_KB` holds manifest.json and judgments.json.
 */
interface Entry extends PageEntry {
  section: string;
  path: string;
}
interface Judgment {
  locale: string;
  query: string;
  relevant: string[];
  kind: string;
}
/** Something that answers a query with ids of articles, best first. */
export type Finder = (query: string) => string[];

const folder = resolve(process.env.BENCH_KB ?? join(import.meta.dirname, '../../../../shared/data/kb'));
/** Quality by kind of query, and speed by number of articles. */
export async function benchSearch(): Promise<Record<string, unknown>> {
  if (!existsSync(join(folder, 'judgments.json'))) {
    console.log(`There is no judgments.json in ${folder}; name a folder with one in BENCH_KB.`);
    return {};
  }
  const entries = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Entry[];
  const judgments = JSON.parse(readFileSync(join(folder, 'judgments.json'), 'utf8')) as Judgment[];
  const articles = entries.map(({ id, locale, title, section, path }) => ({
    id,
    locale,
    searchable: searchable(id, title, section, readFileSync(join(folder, path), 'utf8')),
  }));
  const locales = [...new Set(articles.map(({ locale }) => locale))];
  const indexes = new Map<string, SearchIndex>();
  const finders: Record<string, Map<string, Finder>> = { bm25: new Map(), minisearch: new Map(), frontdesk: new Map() };
  for (const locale of locales) {
    const list = articles.filter((article) => article.locale === locale).map((article) => article.searchable);
    finders.bm25?.set(locale, plainBm25(list));
    finders.minisearch?.set(locale, miniSearch(list));
    const index = await buildIndex(list);
    indexes.set(locale, index);
    finders.frontdesk?.set(locale, (query) => searchIndex(index, query, 10).map(({ key }) => key));
  }
  const quality = Object.fromEntries(Object.entries(finders).map(([name, by]) => [name, judge(by, judgments)]));
  printQuality(quality);
  const pages = benchPages(
    folder,
    entries,
    judgments.filter(({ kind }) => kind === 'anchor'),
    indexes,
  );
  const all = articles.map((article) => article.searchable);
  const queries = judgments.map(({ query }) => query);
  const speed = [await measure(all, queries, 600), await measure(all, queries, 10_000)];
  console.table(speed);
  return { quality, pages, speed };
}

function searchable(key: string, title: string, section: string, markdown: string): Searchable {
  const { nodes } = readMarkdown(markdown);
  const resolved = resolveLinks(nodes, {
    link: (path) => (path === '' || path.endsWith('.md') ? `#article/${path}` : null),
    image: () => null,
  });
  return { key, title, section: section.replaceAll('/', ' '), text: articleText(resolved) };
}

type Score = Record<string, { queries: number; hit1: number; hit5: number }>;

function judge(finders: Map<string, Finder>, judgments: readonly Judgment[]): Score {
  const score: Score = {};
  for (const { locale, kind, query, relevant } of judgments) {
    score[`${locale} ${kind}`] ??= { queries: 0, hit1: 0, hit5: 0 };
    const row = score[`${locale} ${kind}`];
    if (row === undefined) continue;
    const place = (finders.get(locale)?.(query) ?? []).findIndex((id) => relevant.includes(id));
    row.queries += 1;
    if (place === 0) row.hit1 += 1;
    if (place >= 0 && place < 5) row.hit5 += 1;
  }
  return score;
}

function printQuality(quality: Record<string, Score>): void {
  const share = (row: Score[string] | undefined): string =>
    row === undefined ? '' : `${(row.hit1 / row.queries).toFixed(3)} / ${(row.hit5 / row.queries).toFixed(3)}`;
  const kinds = Object.keys(quality.frontdesk ?? {});
  console.log('hit@1 / hit@5');
  console.table(
    Object.fromEntries(
      kinds.map((kind) => [
        kind,
        Object.fromEntries(Object.entries(quality).map(([name, score]) => [name, share(score[kind])])),
      ]),
    ),
  );
}

async function measure(all: readonly Searchable[], queries: readonly string[], size: number) {
  const list = Array.from({ length: size }, (_, at) => {
    const article = all[at % all.length] as Searchable;
    return { ...article, key: `${at}` };
  });
  const heapBefore = process.memoryUsage().rss;
  const begun = performance.now();
  const index = await buildIndex(list);
  const buildMs = performance.now() - begun;
  const texts = list.map(({ text }) => text.text);
  const whole = timed(queries, (query) => answer(index, texts, query));
  const typing = timed(queries, (query) => answer(index, texts, query.slice(0, 1 + (query.length % 9))));
  const typos = timed(queries, (query) => answer(index, texts, query.replace(/(\p{L})(\p{L})(?=\p{L}{3})/gu, '$2$1')));
  const page = timed(queries, (title) => fitting(index, pageWords({ page: '/', title, site: '' }), 4));
  return {
    articles: size,
    buildMs: Math.round(buildMs),
    mb: mb(process.memoryUsage().rss - heapBefore),
    whole,
    typing,
    typos,
    page,
  };
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

function answer(index: Awaited<ReturnType<typeof buildIndex>>, texts: readonly string[], query: string): string[] {
  return searchIndex(index, query, 10).map(({ key, passage }) => cutPassage(texts[Number(key)] ?? '', passage));
}

function timed(queries: readonly string[], ask: (query: string) => unknown): string {
  const times = queries.map((query) => {
    const begun = performance.now();
    ask(query);
    return performance.now() - begun;
  });
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} p99 ${at(0.99)} ms`;
}
