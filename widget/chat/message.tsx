import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import { outward } from '../base/rich.tsx';
import { Avatar } from '../base/states.tsx';
import type { Content } from '../content/content.tsx';
import { linkify } from './linkify.ts';
import type { ChatModel, Line } from './model.ts';

/** Text with its links. */
export const linked = (text: string): (string | VNode)[] =>
  linkify(text).map((one) => (typeof one === 'string' ? one : <a {...outward(one.href)}>{one.text}</a>));

const DOUBLE = 'M18 6 7 17l-5-5M22 10l-7.5 7.5L13 16';

/** The visitor's mark under the last of what they wrote: sent, delivered, read. */
const mark = ({ words }: AppContext, { state }: Line) =>
  state &&
  state !== 'failed' && (
    <span class={`fd-mark fd-mark-${state}`} role="img" aria-label={state === 'waits' ? words.waits : words[state]}>
      <Icon d={state === 'waits' ? PATHS.clock : state === 'sent' ? PATHS.check : DOUBLE} />
    </span>
  );

/** One bubble with the time it shows. `first` and `last` of a group by one author in one minute. */
export const bubble = (
  app: AppContext,
  model: ChatModel,
  content: Content | undefined,
  line: Line,
  time: string,
  first: boolean,
  last: boolean,
): VNode => {
  const { words } = app;
  const { mine, name, text, at, state, id, authorId, event } = line;
  return (
    <li
      key={id}
      data-seq={event?.seq}
      class={`fd-message fd-message-${mine ? 'visitor' : 'operator'}${last ? ' fd-message-last' : ''}${state === 'waits' || state === 'failed' ? ' fd-message-unsent' : ''}`}
    >
      {!mine && (last ? <Avatar name={name} id={authorId} /> : <span class="fd-avatar-room" />)}
      <div class="fd-bubble" title={time}>
        <span class="fd-unseen">{mine ? words.you : name}: </span>
        {first && !mine && <small>{name}</small>}
        {content?.before(line)}
        {text && <p>{linked(text)}</p>}
        {content?.after(line)}
      </div>
      {content?.actions(line)}
      {state === 'failed' ? (
        <div class="fd-under fd-error" role="alert">
          {app.more?.notSent}
          <button type="button" onClick={() => model.retry(id)}>
            {words.again}
          </button>
          {app.more && (
            <button type="button" onClick={() => model.remove(id)}>
              {app.more.remove}
            </button>
          )}
        </div>
      ) : (
        last && (
          <div class="fd-under">
            <time dateTime={new Date(at).toISOString()}>{time}</time>
            {mark(app, line)}
          </div>
        )
      )}
    </li>
  );
};
