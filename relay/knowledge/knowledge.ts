import type { Article, ArticleHit } from '../protocol/articles.ts';
import { localeCode } from '../protocol/site-settings.ts';
import type { Clock, Persistence } from '../store/index.ts';
import { articleText } from './search/article-text.ts';
import { fitting } from './search/page-fit.ts';
import { type PageSigns, pageWords } from './search/page-words.ts';
import { cutPassage } from './search/passage.ts';
import { searchIndex } from './search/query.ts';
import { createShelf, type Shelf } from './shelf.ts';
import { type ArticleHead, articleLocales, articlesVersion, nodesOf, readArticle } from './store.ts';

export interface KnowledgeDeps {
  store: Persistence;
  clock: Clock;
}

/** Answers at most so many articles. */
const MOST_HITS = 10;
/** A page gets at most so many that fit it: as many as the widget shows on its first screen. */
const MOST_FITTING = 4;
/** How long what is in memory is believed before the store is asked whether an article has changed. */
const BELIEVED_MS = 2_000;
/** Texts kept for cutting snippets. */
const KEPT_TEXTS = 300;

export type Knowledge = ReturnType<typeof createKnowledge>;

/** Finds and reads the articles of every site. Indexes are built when first asked for and anew when articles change. */
export function createKnowledge({ store, clock }: KnowledgeDeps) {
  const { t } = store;
  const shelves = new Map<string, Shelf>();
  const known = new Map<string, { version: string; locales: string[]; until: number }>();
  const texts = new Map<string, string>();

  const stateOf = async (siteId: string): Promise<{ version: string; locales: string[] }> => {
    const state = known.get(siteId);
    if (state !== undefined && state.until > clock.now()) return state;
    const version = await articlesVersion(store.read, t, siteId);
    const locales = version === state?.version ? state.locales : await articleLocales(store.read, t, siteId);
    if (version !== state?.version) texts.clear();
    const fresh = { version, locales, until: clock.now() + BELIEVED_MS };
    known.set(siteId, fresh);
    return fresh;
  };

  const shelfOf = async (siteId: string, asked: string): Promise<Shelf | null> => {
    const { version, locales } = await stateOf(siteId);
    const locale = chosen(asked, locales);
    if (locale === null) return null;
    const name = `${siteId}:${locale}`;
    const shelf = shelves.get(name) ?? createShelf(store, siteId, locale);
    shelves.set(name, shelf);
    await shelf.bring(version);
    return shelf;
  };

  const textsOf = async (ids: readonly string[]): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const id of ids) {
      const text = texts.get(id);
      if (text !== undefined) found.set(id, text);
    }
    const missing = ids.filter((id) => !found.has(id));
    for (const [id, nodes] of await nodesOf(store.read, t, missing)) {
      const { text } = articleText(nodes);
      found.set(id, text);
      texts.set(id, text);
      if (texts.size > KEPT_TEXTS) texts.delete(texts.keys().next().value ?? '');
    }
    return found;
  };

  const search = async (siteId: string, locale: string, query: string): Promise<ArticleHit[]> => {
    const shelf = await shelfOf(siteId, locale);
    if (shelf === null) return [];
    const hits = searchIndex(shelf.index, query, MOST_HITS);
    const passages = await textsOf(hits.map(({ key }) => key));
    return hits.flatMap((hit) => {
      const head = shelf.heads.get(hit.key);
      if (head === undefined) return [];
      const text = passages.get(hit.key);
      /* The text has changed since the index was built: its places are not the index's. */
      if (text === undefined || text.length !== hit.textLength) {
        texts.delete(hit.key);
        return [hitOf(head, head.summary)];
      }
      const onlyTitle = hit.passage === null && head.summary !== '';
      return [hitOf(head, onlyTitle ? head.summary : cutPassage(text, hit.passage))];
    });
  };

  return {
    search,

    /** Pinned articles first, then those most read: what is shown before anybody has typed. */
    async popular(siteId: string, locale: string): Promise<ArticleHit[]> {
      const shelf = await shelfOf(siteId, locale);
      return (shelf?.popular(MOST_HITS) ?? []).map((head) => hitOf(head, head.summary));
    },

    /** What fits a page best, then the pinned and the popular; those alone where the page is about nothing in the articles. */
    async forPage(siteId: string, locale: string, page: PageSigns): Promise<ArticleHit[]> {
      const shelf = await shelfOf(siteId, locale);
      if (shelf === null) return [];
      const fits = fitting(shelf.index, pageWords(page), MOST_FITTING).flatMap(({ key }) => shelf.heads.get(key) ?? []);
      const list = new Set([...fits, ...shelf.popular(MOST_HITS)]);
      return [...list].slice(0, MOST_HITS).map((head) => hitOf(head, head.summary));
    },

    /** One article for a visitor. `null` when no language has it. */
    async read(siteId: string, locale: string, slug: string): Promise<Article | null> {
      const found = await readArticle(store.read, t, { siteId, slug, locale: base(locale), drafts: false });
      if (found === null) return null;
      const { id: _, ...article } = found;
      return article;
    },

    /** An article was read once more: the order of the popular follows at once. */
    noteView(siteId: string, locale: string, id: string): void {
      const head = shelves.get(`${siteId}:${locale}`)?.heads.get(id);
      if (head !== undefined) head.views += 1;
    },

    /** Whether there is an article to find in this language. Begins to build its index, so that it is there when asked. */
    async hasArticles(siteId: string, locale: string): Promise<boolean> {
      const { locales } = await stateOf(siteId);
      if (!locales.includes(base(locale))) return false;
      shelfOf(siteId, locale).catch(() => {});
      return true;
    },

    /** Articles of a site were changed in this process: look at once. */
    changed(siteId: string): void {
      const state = known.get(siteId);
      if (state !== undefined) state.until = 0;
    },
  };
}

function hitOf(head: ArticleHead, snippet: string): ArticleHit {
  const { slug, title, section, externalId } = head;
  return { slug, title, section, snippet, externalId };
}

const base = (locale: string): string => locale.toLowerCase().split(/[-_]/)[0] ?? '';

/** A language that is asked for is answered or not; without one, or with one that is not ours, there is a fallback. */
function chosen(asked: string, locales: readonly string[]): string | null {
  const locale = base(asked);
  if (locales.includes(locale)) return locale;
  if (localeCode.safeParse(locale).success) return null;
  return locales.includes('en') ? 'en' : (locales[0] ?? null);
}
