import type { MakeBelow } from '../chat/around.tsx';
import css from './after.css?inline';
import { solvedQuestion } from './solved.tsx';

const SCORES = [1, 2, 3, 4, 5];

/** What a chat asks at its end: whether it is solved, and how it was: one to five, and a comment for who has more to say. */
const after: MakeBelow = (app, model) => {
  const { core } = app;
  let score = 0;
  let comment = '';
  let skipped = core.kept.get<string>('unrated') ?? '';
  core.host.sheet(css);
  const done = (id: string, closedAt: string) => {
    skipped = id + closedAt;
    core.kept.set('unrated', skipped);
    score = 0;
    comment = '';
    app.update();
  };

  app.live?.session.on('verdict', ({ command, verdict }) => {
    if (command.type === 'conversation:rate' && verdict.type === 'ack')
      core.emit('rated', { conversation: verdict.conversation, score: command.score });
  });

  return () => {
    const { live, more } = app;
    const id = model.shown();
    const head = live?.session.conversations.get(id);
    if (!live || !more || !head) return;
    if (head.asks === 'solved') return solvedQuestion(live, more, id);
    if (!core.session.site.rating || !head.asks || skipped === id + head.lastEventAt) return;
    const send = () => {
      live.session.command({ type: 'conversation:rate', conversation: id, score, comment: comment.trim() });
      done(id, head.lastEventAt);
    };
    return (
      <form
        class="fd-rating"
        key="rating"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <fieldset>
          <legend>{more.rate}</legend>
          <div class="fd-scores">
            {SCORES.map((value) => (
              <label key={value} class={`fd-score${value === score ? ' fd-score-chosen' : ''}`}>
                <input
                  type="radio"
                  name="fd-score"
                  checked={value === score}
                  onInput={() => {
                    score = value;
                    app.update();
                  }}
                />
                {value}
              </label>
            ))}
          </div>
          <p class="fd-scale" aria-hidden="true">
            <small>{more.worst}</small>
            <small>{more.best}</small>
          </p>
        </fieldset>
        {score > 0 && (
          <label class="fd-field">
            {more.comment}
            <textarea
              rows={2}
              maxLength={2000}
              value={comment}
              onInput={({ currentTarget }) => {
                comment = currentTarget.value;
              }}
            />
          </label>
        )}
        <div class="fd-rating-foot">
          {score > 0 && (
            <button type="submit" class="fd-button fd-button-main">
              {more.sendRating}
            </button>
          )}
          <button type="button" class="fd-button" onClick={() => done(id, head.lastEventAt)}>
            {more.skip}
          </button>
        </div>
      </form>
    );
  };
};
export default after;
