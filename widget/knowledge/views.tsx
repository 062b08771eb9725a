import type { VNode } from 'preact';
import type { ArticleHit } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import { rich } from '../base/rich.tsx';
import { Failed, Skeleton } from '../base/states.tsx';
import type { Loaded } from './model.ts';

/** A snippet with its hits marked (U+E000 before, U+E001 after). */
const marked = (snippet: string) =>
  snippet.split('\ue000').map((part, i) => {
    const [hit, rest] = part.split('\ue001');
    return i ? [<mark>{hit}</mark>, rest] : part;
  });

/** Articles as rows. */
export const hits = (app: AppContext, list: readonly ArticleHit[]): VNode => (
  <ul class="fd-results">
    {list.map(({ slug, title, snippet }) => (
      <li key={slug}>
        <button type="button" class="fd-result" onClick={() => app.go(`article/${slug}`)}>
          <Icon d={PATHS.text} />
          <span>
            <b>{title}</b>
            {snippet && <small>{marked(snippet)}</small>}
          </span>
        </button>
      </li>
    ))}
  </ul>
);

const list = (app: AppContext, { value, failed }: Loaded<ArticleHit[]>, retry: () => void) =>
  failed ? (
    <Failed words={app.words} retry={retry} />
  ) : value ? (
    value.length ? (
      hits(app, value)
    ) : (
      <p class="fd-empty">{app.words.noHits}</p>
    )
  ) : (
    <Skeleton rows={4} />
  );

/** The field that is typed into; `onFocus` on the home screen leads to the search screen. */
export const searchField = (app: AppContext): VNode => {
  const { knowledge, words } = app;
  return (
    <label class="fd-search">
      <Icon d={PATHS.search} />
      <input
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        maxLength={200}
        data-focus={app.screen === 'search'}
        aria-label={words.search}
        placeholder={words.search}
        value={knowledge.query}
        onInput={(event) => {
          knowledge.type(event.currentTarget.value);
          app.go('search');
        }}
      />
    </label>
  );
};

/** Searching: before a word is typed, what may help here. */
export const searchScreen = (app: AppContext): VNode => {
  const { knowledge, words } = app;
  const asked = knowledge.query.trim();
  const { value } = knowledge.results;
  return (
    <div class="fd-page">
      {searchField(app)}
      {!asked && <p class="fd-intro">{words.suggestions}</p>}
      {asked ? list(app, knowledge.results, knowledge.retry) : list(app, knowledge.follow(), () => knowledge.look())}
      <p class="fd-unseen" role="status">
        {asked && value && (value.length ? `${words.found}: ${value.length}` : words.noHits)}
      </p>
      {asked && knowledge.more?.belowResults()}
    </div>
  );
};

/** One article. */
export const articleScreen = (app: AppContext, slug: string): VNode => {
  const loaded = app.knowledge.article(slug);
  const { value } = loaded;
  if (!value)
    return loaded.failed ? (
      <Failed
        words={app.words}
        retry={() => {
          app.knowledge.article(slug, true);
          app.update();
        }}
      />
    ) : (
      <div class="fd-page">
        <Skeleton rows={6} />
      </div>
    );
  const scrollTo = (id: string) => app.box.querySelector(`[data-anchor="${CSS.escape(id)}"]`)?.scrollIntoView();
  return (
    <article class="fd-page fd-article" key={slug} lang={value.locale}>
      <h1>{value.title}</h1>
      {rich(value.nodes, {
        relay: app.core.options.relay,
        videoLabel: app.words.video,
        article: (to) => app.go(`article/${to}`),
        anchor: scrollTo,
      })}
      {app.knowledge.more?.below(slug)}
    </article>
  );
};
