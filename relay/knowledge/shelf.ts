import type { Persistence } from '../store/index.ts';
import { articleText } from './search/article-text.ts';
import { buildIndex, type Searchable } from './search/build.ts';
import type { SearchIndex } from './search/search-index.ts';
import { type ArticleHead, articlePage } from './store.ts';

/** The published articles of one site in one language, as they are kept in memory: their heads and an index. */
export interface Shelf {
  readonly index: SearchIndex;
  readonly heads: ReadonlyMap<string, ArticleHead>;
  /** Pinned first, then by views, then in the site's order. */
  popular(limit: number): ArticleHead[];
  /** Sees to it that this version of the articles is on the shelf; a large one is renewed while the old one serves. */
  bring(version: string): Promise<void>;
}

const PAGE = 50;
/** Building longer than this is not waited for while there is an older index. */
const WAITED_MS = 300;

interface Contents {
  index: SearchIndex;
  heads: Map<string, ArticleHead>;
}

/** An empty shelf; `bring` fills it. */
export function createShelf(store: Persistence, siteId: string, locale: string): Shelf {
  let contents: Contents | null = null;
  let has: string | null = null;
  let tookMs = 0;
  let filling: { version: string; done: Promise<void> } | null = null;

  const fill = async (version: string): Promise<void> => {
    const begun = performance.now();
    const heads = new Map<string, ArticleHead>();
    const index = await buildIndex(allArticles(store, siteId, locale, heads));
    contents = { index, heads };
    has = version;
    tookMs = performance.now() - begun;
  };

  const filled = (): Contents => {
    if (contents === null) throw new Error('The shelf has to be brought first.');
    return contents;
  };

  return {
    get index() {
      return filled().index;
    },
    get heads() {
      return filled().heads;
    },
    popular(limit) {
      const order = (a: ArticleHead, b: ArticleHead): number =>
        Number(b.pinned) - Number(a.pinned) || b.views - a.views || a.position - b.position;
      return [...filled().heads.values()].sort(order).slice(0, limit);
    },
    async bring(version) {
      if (has === version) return;
      if (filling?.version !== version) {
        /* One after the other, so that an older text never comes after a newer one. */
        const before = filling?.done.catch(() => {}) ?? Promise.resolve();
        const done = before.then(() => fill(version));
        const mine = { version, done };
        filling = mine;
        done.catch(() => {
          if (filling === mine) filling = null;
        });
      }
      if (contents === null || tookMs < WAITED_MS) await filling.done;
    },
  };
}

async function* allArticles(
  store: Persistence,
  siteId: string,
  locale: string,
  heads: Map<string, ArticleHead>,
): AsyncGenerator<Searchable> {
  let after = '';
  for (;;) {
    const rows = await articlePage(store.read, store.t, { siteId, locale, after, limit: PAGE });
    for (const { nodes, markdown: _, ...head } of rows) {
      if (head.status !== 'published') continue;
      heads.set(head.id, head);
      const { id: key, title, section } = head;
      yield { key, title, section: section.replaceAll('/', ' '), text: articleText(nodes) };
    }
    const last = rows[rows.length - 1];
    if (last === undefined || rows.length < PAGE) return;
    after = last.slug;
  }
}
