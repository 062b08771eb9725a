import type { Article, ArticleHit } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { debounced, read } from '../base/fetch.ts';
import type { Core } from '../core.ts';
import type { KnowledgeMore, Suggested } from '../knowledge-more/knowledge-more.tsx';
import { pageSigns } from './page-signs.ts';

/** Something that is fetched: absent while it loads. */
export interface Loaded<T> {
  value?: T;
  failed?: boolean;
}

/** Finding and reading articles. */
export interface Knowledge {
  query: string;
  /** The last results stay until the next ones are there. */
  results: Loaded<ArticleHit[]>;
  /** Articles that fit the page, then pinned and popular ones; or what the page asked to be shown. */
  suggested: Loaded<ArticleHit[]>;
  /** What stands below an article and below search results: a part of its own, fetched when it is asked for. */
  readonly more: KnowledgeMore | undefined;
  type(query: string): void;
  retry(): void;
  /** Hits for a text, without touching what the search screen shows; for none, what fits the page. */
  find(query: string): Promise<ArticleHit[]>;
  /** One that could not be loaded is asked for `again` only when somebody wants it. */
  article(slug: string, again?: boolean): Loaded<Article>;
  /** The page that the suggestions are for. */
  seen?: string;
  /** The suggestions, kept in step with the page. */
  follow(): Loaded<ArticleHit[]>;
  /** Asks anew what is to be suggested. */
  look(): void;
  suggest(given?: Suggested): void;
}

const TYPING_MS = 150;

export function createKnowledge(core: Core, update: () => void, app: () => AppContext): Knowledge {
  const later = debounced(TYPING_MS);
  const articles = new Map<string, Loaded<Article>>();
  let search = new AbortController();
  let more: KnowledgeMore | undefined;
  let part: Promise<void> | undefined;
  const need = () => {
    part ??= import('../knowledge-more/knowledge-more.tsx')
      .then((made) => {
        more = made.default(app());
        update();
      })
      .catch(() => {});
    return part;
  };

  const find = async (q: string, signal?: AbortSignal) =>
    (await read<{ articles: ArticleHit[] }>(app(), 'articles', { q, ...(!q && pageSigns(core)) }, signal)).articles;
  const fill = <T>(into: Loaded<T>, work: Promise<T>, done?: (value: T) => void) => {
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
      .then(update);
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
    suggested: {},
    follow() {
      const before = model.seen;
      model.seen = pageSigns(core)?.page ?? '';
      if (before === undefined) model.look();
      else if (before !== model.seen) need().then(() => more?.moved());
      return model.suggested;
    },
    get more() {
      need();
      return more;
    },
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
        fill(known, read<Article>(app(), `articles/${encodeURIComponent(slug)}`, {}), () =>
          core.emit('article:viewed', { slug }),
        );
      }
      return known;
    },
    look() {
      model.suggested = {};
      fill(model.suggested, find(''));
    },
    suggest: (given) => need().then(() => more?.suggest(given)),
  };
  return model;
}
