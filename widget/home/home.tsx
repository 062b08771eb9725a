import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import { Avatar, Skeleton } from '../base/states.tsx';
import { hits, searchField } from '../knowledge/views.tsx';

/** One way to go on: a name, and one honest line about it. */
const channel = (app: AppContext, name: string, path: string, title: string, line: string, more?: unknown) => (
  <li key={name}>
    <button type="button" class={`fd-channel fd-channel-${name}`} onClick={() => app.go(name)}>
      <i>
        <Icon d={path} />
      </i>
      <span>
        <b>{title}</b>
        <small>{line}</small>
      </span>
      {more as VNode}
      <Icon d={PATHS.next} />
    </button>
  </li>
);

/** What a visitor meets first. */
export const homeScreen = (app: AppContext): VNode => {
  const { words, core, knowledge } = app;
  const { site } = core.session;
  const { online, operators } = core.availability.value;
  const { texts, channels } = site;
  /** False where nothing can be searched. */
  const suggested = channels.includes('search') && site.hasArticles && knowledge.follow().value;
  const rows: Record<string, () => VNode | false> = {
    chat: () =>
      channel(
        app,
        'chat',
        PATHS.chat,
        words.chat,
        online ? words.chatOnline : app.offline,
        <span class="fd-faces">
          {operators.slice(0, 3).map(({ id, name }) => (
            <Avatar key={id} id={id} name={name} />
          ))}
        </span>,
      ),
    email: () => channel(app, 'email', PATHS.mail, words.email, words.emailLine),
    messengers: () =>
      site.messengers.length > 0 &&
      channel(app, 'messengers', PATHS.send, words.messengers, site.messengers.map(({ label }) => label).join(', ')),
  };
  return (
    <div class="fd-home">
      <div class="fd-greeting">
        <h1>{texts.greeting || words.greeting}</h1>
        <p>{texts.intro || words.intro}</p>
      </div>
      {suggested !== false && (
        <>
          {searchField(app)}
          {suggested ? suggested.length > 0 && hits(app, suggested.slice(0, 4)) : <Skeleton rows={4} />}
        </>
      )}
      <ul class="fd-channels">
        {channels.map((name) => rows[name]?.())}
        {app.hasHistory() && channel(app, 'history', PATHS.history, words.history, words.historyLine)}
      </ul>
    </div>
  );
};
