import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import type { ChatModel } from '../chat/model.ts';
import css from './menu.css?inline';
import { saveTranscript } from './transcript.ts';

/** What can be done with a chat as a whole; `close` puts the menu away. */
export default function menu(app: AppContext, model: ChatModel, close: () => void): () => VNode | undefined {
  const { core } = app;
  const { host, over } = core;
  host.sheet(css);
  const away = ({ target }: Event) => {
    if (app.box.querySelector('.fd-menu') && !(target as Element).closest('.fd-menu,.fd-more')) close();
  };
  host.frame.addEventListener('pointerdown', away, { signal: over });
  return () => {
    const { live, more } = app;
    const id = model.shown();
    const head = live?.session.conversations.get(id);
    if (!live || !more) return;
    const item = (name: string, label: string, run: () => void) => (
      <button
        key={name}
        type="button"
        class={`fd-menu-item fd-menu-${name}`}
        onClick={() => {
          close();
          run();
        }}
      >
        {label}
      </button>
    );
    return (
      <fieldset
        class="fd-menu"
        aria-label={app.words.menu}
        key="menu"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // The window stays open.
          event.stopPropagation();
          close();
        }}
      >
        {!head?.seq && <p>{more.nothingYet}</p>}
        {!core.options.consent &&
          item('sound', core.kept.get('mute') ? more.soundOn : more.soundOff, () =>
            core.kept.set('mute', core.kept.get('mute') ? null : true),
          )}
        {!!head?.seq && item('save', more.save, () => saveTranscript(app, id))}
        {!!head?.seq &&
          head.channel === 'chat' &&
          head.status === 'open' &&
          item('end', more.end, () => live.session.command({ type: 'conversation:close', conversation: id }))}
      </fieldset>
    );
  };
}
