import { fold, isStopWord, tokenise } from './analysis.ts';

/** A page of a site, as far as it says what it is about. */
export interface PageSigns {
  /** Its address, or the path of it alone. */
  page: string;
  title: string;
  /** What the site calls itself: words of every title, which say nothing of one page. */
  site: string;
}

/** Where a word of a page stands. An address is written for machines, and often in another language than the page. */
export type PagePlace = 'title' | 'path';

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const ENDING = /\.(?:html?|php|aspx?|jsp)$/i;
/** How an address is built, not what its page is about. */
const FRAME = new Set(
  `index default home main page pages www product products catalog catalogue category categories collection collections
  item items shop store view show list new all id app docs`.split(/\s+/),
);
const MOST_WORDS = 60;

/** The words by which articles are looked for that fit a page: stems, with where each stands. */
export function pageWords({ page, title, site }: PageSigns): Map<string, PagePlace> {
  const { host, path } = addressOf(page);
  const own = new Set([...stems(site), ...stems(host.replace(/\.\w+$/, '').replaceAll('.', ' '))]);
  const words = new Map<string, PagePlace>();
  const add = (stem: string, place: PagePlace): void => {
    if (!own.has(stem) && !words.has(stem) && words.size < MOST_WORDS) words.set(stem, place);
  };
  // The number of unread messages stands before a title for a while.
  for (const stem of stems(title.replace(/^\s*\(\d+\)\s*/, ''))) add(stem, 'title');
  for (const stem of path.flatMap(stems)) add(stem, 'path');
  return words;
}

const stems = (text: string): string[] =>
  tokenise(text).flatMap(({ word, stem }) => (isStopWord(word) || isName(word) ? [] : [stem]));

/** A number, or a name that a machine gave. */
const isName = (word: string): boolean => /^\d+$/.test(word) || (/\d/.test(word) && word.length > 5);

/** The host and the words of an address; of a single-page site those of its `#/` route too. */
function addressOf(page: string): { host: string; path: string[] } {
  const url = URL.parse(page, 'https://page.invalid');
  if (url === null) return { host: '', path: [] };
  const route = /^#!?(\/[^?]*)/.exec(url.hash)?.[1] ?? '';
  const steps = `${url.pathname}${route}`.replace(UUID, '').split('/').filter(Boolean);
  if (/^[a-z]{2}(?:[-_][a-z]{2})?$/i.test(steps[0] ?? '')) steps.shift();
  const path = steps.flatMap((step) =>
    decoded(step)
      .replace(ENDING, '')
      .split(/[-_.+~,\s]+/)
      .filter((word) => word.length > 1 && !FRAME.has(fold(word))),
  );
  return { host: url.hostname.endsWith('.invalid') ? '' : url.hostname, path };
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
