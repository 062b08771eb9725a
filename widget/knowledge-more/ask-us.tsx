import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';

/** The ways to a person that the site has. */
export const waysToUs = (app: AppContext): ('chat' | 'email')[] =>
  app.core.session.site.channels.filter((name) => name === 'chat' || name === 'email');

/** Ways to a person, under what did not help, with the sentence before them. */
export const askUs = (app: AppContext, sentence: string): VNode | false => {
  const ways = waysToUs(app);
  return (
    ways.length > 0 && (
      <div class="fd-ask" key="ask">
        <span>{sentence}</span>
        {ways.map((name) => (
          <button type="button" class="fd-button" onClick={() => app.go(name)}>
            {app.words[name]}
          </button>
        ))}
      </div>
    )
  );
};
