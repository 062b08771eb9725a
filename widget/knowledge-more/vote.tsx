import type { VNode } from 'preact';
import type { ArticleViewReply } from '../../relay/protocol/index.ts';
import type { AppContext } from '../app.tsx';
import { askUs, waysToUs } from './ask-us.tsx';
import { aboutArticle, tell } from './tell.ts';
import type { KnowledgeWords } from './words.ts';

/** What was said of one article on this page, or before. */
interface Said {
  helped: boolean | null;
  comment: string;
  /** The comment has been taken. */
  noted?: boolean;
  failed?: boolean;
}

/**
 * «Did this help?», under each article. The first drawing of an article counts its view; what was said of it before comes
 * back with that. Who has not consented is counted and not known, so they say it once and have no comment to leave.
 */
export function createVotes(app: AppContext, words: KnowledgeWords): (slug: string) => VNode {
  const { core, update } = app;
  const all = new Map<string, Said>();
  const saidOf = (slug: string): Said => {
    let said = all.get(slug);
    if (!said && core.open.value) {
      const fresh: Said = { helped: null, comment: '' };
      said = fresh;
      all.set(slug, fresh);
      if (!core.session.quiet)
        tell<ArticleViewReply>(core, aboutArticle(slug, 'views')).then(
          ({ helped }) => {
            fresh.helped ??= helped;
            update();
          },
          () => {},
        );
    }
    return said ?? { helped: null, comment: '' };
  };
  const send = (slug: string, said: Said, helped: boolean, comment?: string) => {
    const before = said.helped;
    said.failed = false;
    said.helped = helped;
    // What comes below the buttons may be below the window's edge.
    app.afterwards(() => app.box.querySelector('.fd-vote')?.scrollIntoView({ block: 'nearest' }));
    tell(core, aboutArticle(slug, 'votes'), { helped, ...(comment && { comment }) }).then(
      () => {
        if (comment) said.noted = true;
        else if (before !== helped) core.emit('article:voted', { slug, helped });
        update();
      },
      () => {
        said.failed = true;
        if (said.helped === helped) said.helped = before;
        update();
      },
    );
  };

  return (slug) => {
    const said = saidOf(slug);
    const { helped, failed, noted } = said;
    const answer = (value: boolean, label: string) => (
      <button
        type="button"
        class={`fd-button fd-vote-${value ? 'yes' : 'no'}${helped === value ? ' fd-vote-chosen' : ''}`}
        aria-pressed={helped === value}
        disabled={core.session.quiet && helped !== null}
        onClick={() => {
          if (helped !== value) send(slug, said, value);
        }}
      >
        {label}
      </button>
    );
    const sorry = waysToUs(app).length ? '' : words.sorryAlone;
    return (
      <div class="fd-vote" key="vote">
        <fieldset class="fd-vote-answers" aria-label={words.question}>
          <b class="fd-vote-question">{words.question}</b>
          {answer(true, words.yes)}
          {answer(false, words.no)}
        </fieldset>
        <p class="fd-vote-said" role="status">
          {failed ? words.notSent : noted ? words.noted : helped ? words.thanks : helped === false && sorry}
        </p>
        {helped === false && askUs(app, words.sorry)}
        {helped === false && !noted && !core.session.quiet && (
          <form
            class="fd-vote-more"
            key="more"
            onSubmit={(event) => {
              event.preventDefault();
              const comment = said.comment.trim();
              if (comment) send(slug, said, false, comment);
            }}
          >
            <label class="fd-field">
              {words.missing}
              <textarea
                class="fd-vote-comment"
                rows={2}
                maxLength={2000}
                value={said.comment}
                onInput={({ currentTarget }) => {
                  said.comment = currentTarget.value;
                  update();
                }}
              />
            </label>
            {said.comment.trim() && (
              <button type="submit" class="fd-button">
                {words.send}
              </button>
            )}
          </form>
        )}
      </div>
    );
  };
}
