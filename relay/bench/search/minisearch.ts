import MiniSearch from 'minisearch';
import { tokenise } from '../../knowledge/search/analysis.ts';
import type { Searchable } from '../../knowledge/search/build.ts';
import type { Finder } from './search.ts';

/** The second baseline: MiniSearch with stems, boosts for titles and headings, and an unfinished last word. */
export function miniSearch(articles: readonly Searchable[]): Finder {
  const index = new MiniSearch<Record<string, string>>({
    idField: 'key',
    fields: ['title', 'headings', 'section', 'body'],
    tokenize: (text) => tokenise(text).map(({ stem }) => stem),
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 4, headings: 2, section: 0.5 },
      prefix: (_term, at, terms) => at === terms.length - 1,
    },
  });
  index.addAll(
    articles.map(({ key, title, section, text }) => ({
      key,
      title,
      section,
      headings: text.headings.join('\n'),
      body: text.text,
    })),
  );
  return (query) =>
    index
      .search(query)
      .slice(0, 10)
      .map(({ id }) => String(id));
}
