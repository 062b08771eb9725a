import type { VNode } from 'preact';
import type { Article } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { read } from '../base/fetch.ts';
import { pageSigns } from '../knowledge/page-signs.ts';
import { askUs } from './ask-us.tsx';
import { failedSearches } from './failed-search.ts';
import css from './knowledge-more.css?inline';
import { followPage } from './page-look.ts';
import { createVotes } from './vote.tsx';
import { knowledgeWords } from './words.ts';

/** What a page asks to be suggested: these articles, or those for a query. */
export type Suggested = string[] | { query: string };

/** What goes with reading and searching, loaded with the first of either. */
export interface KnowledgeMore {
  /** The page's address is another one: suggests what fits it. */
  moved(): void;
  /** Below an article. */
  below(slug: string): VNode;
  /** Below what was found for the present query. */
  belowResults(): VNode | false;
  /** Suggests what the page gives until its address changes; nothing given: looks again at the page. */
  suggest(given?: Suggested): Promise<void>;
}

export default function knowledgeMore(app: AppContext): KnowledgeMore {
  const { core, knowledge } = app;
  const words = knowledgeWords[core.session.site.locale];
  const searched = failedSearches(app);
  core.host.sheet(css);

  const headOf = async (slug: string) => {
    const article = await read<Article>(app, `articles/${encodeURIComponent(slug)}`, {});
    return { ...article, snippet: '' };
  };
  return {
    moved: followPage(app),
    below: createVotes(app, words),
    belowResults() {
      const { value } = knowledge.results;
      if (value) searched(knowledge.query.trim(), value.length);
      return askUs(app, words.ask);
    },
    async suggest(what) {
      knowledge.seen = pageSigns(core)?.page ?? '';
      if (!what) knowledge.look();
      else {
        const value = Array.isArray(what)
          ? (await Promise.allSettled(what.map(headOf))).flatMap((one) => ('value' in one ? one.value : []))
          : await knowledge.find(what.query);
        knowledge.suggested = { value };
      }
      app.update();
    },
  };
}
