import type { VNode } from 'preact';
import { emojiSections, emojiWords, inRows, remembered } from '../../relay/client/emoji.ts';
import { moveInGrid } from '../../relay/client/emoji-keys.ts';
import { LIMITS } from '../../relay/protocol/limits.ts';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import type { ChatModel } from '../chat/model.ts';
import css from './emoji.css?inline';

/** One moves in it by arrows. */
const GRID = { role: 'grid' } as const;

/** Lets the visitor choose an emoji for the composer; `close` puts it away. */
export default function emoji(app: AppContext, model: ChatModel, close: () => void): () => VNode {
  const { host, kept, over, session } = app.core;
  const { locale } = session.site;
  const words = emojiWords[locale];
  host.sheet(css);
  let query = '';
  let used = kept.get<string[]>('emoji') ?? [];
  /** The grids as they were drawn for this query. */
  let drawn: { of: string; nodes: VNode[] } | undefined;
  const box = () => app.box.querySelector('.fd-emojis');
  const field = () => app.box.querySelector<HTMLTextAreaElement>('.fd-composer textarea');
  host.frame.addEventListener(
    'pointerdown',
    ({ target }) => {
      if (box() && !(target as Element).closest('.fd-emojis,.fd-emoji')) close();
    },
    { signal: over },
  );
  const pick = (sign: string, more: boolean) => {
    const into = field();
    if (!into || into.value.length + sign.length > LIMITS.messageChars) return;
    into.setRangeText(sign, into.selectionStart, into.selectionEnd, 'end');
    model.type(into.value);
    used = remembered(used, sign);
    kept.set('emoji', used);
    if (more) return;
    close();
    into.focus();
  };
  const grids = () =>
    emojiSections(query, used, locale).map(([title, list], section) => (
      <div class="fd-emoji-group" key={title}>
        <b class="fd-emoji-title" id={`fd-emoji-${section}`}>
          {title}
        </b>
        <table class="fd-emoji-grid" {...GRID} aria-labelledby={`fd-emoji-${section}`}>
          {inRows(list).map((row, at) => (
            <tr class="fd-emoji-row">
              {row.map(({ sign, name }, column) => (
                <td class="fd-emoji-cell">
                  <button
                    type="button"
                    class="fd-emoji-sign"
                    tabIndex={section + at + column ? -1 : 0}
                    aria-label={name[locale]}
                    title={name[locale]}
                    onClick={({ shiftKey }) => pick(sign, shiftKey)}
                  >
                    {sign}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </table>
      </div>
    ));
  return () => {
    if (!box()) {
      query = '';
      drawn = undefined;
      // Not here where a field that has the focus brings up a keyboard: there the button does not show.
      app.settled(() => box()?.querySelector('input')?.focus());
    }
    if (drawn?.of !== query) drawn = { of: query, nodes: grids() };
    return (
      <fieldset
        class="fd-emojis"
        key="emojis"
        aria-label={words.title}
        onKeyDown={(event) => {
          const { key } = event;
          if (key === 'Escape') {
            close();
            app.box.querySelector<HTMLElement>('.fd-emoji')?.focus();
          } else if (key === 'Enter' && event.target instanceof HTMLInputElement) {
            box()?.querySelector<HTMLElement>('.fd-emoji-sign')?.click();
          } else if (!moveInGrid(event.currentTarget, event)) return;
          // The window stays open, and nothing is sent.
          event.stopPropagation();
          event.preventDefault();
        }}
      >
        <label class="fd-emoji-search">
          <Icon d={PATHS.search} />
          <input
            class="fd-emoji-query"
            aria-label={words.search}
            placeholder={words.search}
            autocomplete="off"
            value={query}
            onInput={(event) => {
              query = event.currentTarget.value;
              app.update();
            }}
          />
        </label>
        <div class="fd-emoji-list">
          {drawn.nodes}
          <output class="fd-emoji-none">{drawn.nodes.length ? '' : words.none}</output>
        </div>
      </fieldset>
    );
  };
}
