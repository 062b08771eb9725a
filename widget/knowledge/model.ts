import type { Article, ArticleHit } from '../../relay/protocol/index.ts';
import { debounced, read } from '../base/fetch.ts';
import type { Core } from '../core.ts';

/** Something that is fetched: absent while it loads. */
export interface Loaded<T> {
  value?: T;
  failed?: boolean;
  /** It takes long enough to show that something is coming. */
  slow?: boolean;
}

/** Finding and reading articles. */
export interface Knowledge {
  query: string;
  /** The last results stay until the next ones are there. */
  results: Loaded<ArticleHit[]>;
  /** Popular and pinned articles. */
  popular: Loaded<ArticleHit[]>;
  type(query: string): void;
  retry(): void;
  /** Hits for a text, without touching what the search screen shows. */
  find(query: string): Promise<ArticleHit[]>;
  /** One that could not be loaded is asked for `again` only when somebody wants it. */
  article(slug: string, again?: boolean): Loaded<Article>;
  /** What the page asked to be shown on the home screen; null: popular ones. */
  suggest(slugs?: string[]): void;
}

const TYPING_MS = 150;
const SLOW_MS = 200;

export function createKnowledge(core: Core, update: () => void): Knowledge {
  const later = debounced(TYPING_MS);
  const articles = new Map<string, Loaded<Article>>();
  let search = new AbortController();

  const find = async (q: string, signal?: AbortSignal) =>
    (await read<{ articles: ArticleHit[] }>(core, 'articles', { q }, signal)).articles;
  const fill = <T>(into: Loaded<T>, work: Promise<T>, done?: (value: T) => void) => {
    const timer = setTimeout(() => {
      into.slow = true;
      update();
    }, SLOW_MS);
    delete into.failed;
    work
      .then(
        (value) => {
          into.value = value;
          done?.(value);
        },
        (error) => {
          if (error.name !== 'AbortError') into.failed = true;
        },
      )
      .then(() => {
        clearTimeout(timer);
        into.slow = false;
        update();
      });
  };
  const run = () => {
    search.abort();
    search = new AbortController();
    core.over.addEventListener('abort', () => search.abort());
    const { query } = model;
    if (query.trim())
      fill(model.results, find(query, search.signal), ({ length }) => core.emit('search', { query, found: length }));
    else model.results = {};
    update();
  };

  const model: Knowledge = {
    query: '',
    results: {},
    popular: {},
    find,
    type(query) {
      model.query = query;
      update();
      later(run);
    },
    retry: run,
    article(slug, again) {
      let known = articles.get(slug);
      if (!known || again) {
        known = {};
        articles.set(slug, known);
        fill(known, read<Article>(core, `articles/${encodeURIComponent(slug)}`, {}), () =>
          core.emit('article:viewed', { slug }),
        );
      }
      return known;
    },
    suggest(slugs) {
      model.popular = {};
      if (core.session.site.hasArticles)
        fill(
          model.popular,
          slugs
            ? Promise.all(
                slugs.map(async (slug) => ({
                  ...(await read<Article>(core, `articles/${encodeURIComponent(slug)}`, {})),
                  snippet: '',
                })),
              )
            : find(''),
        );
    },
  };
  model.suggest();
  return model;
}
