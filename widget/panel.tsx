import type { VNode } from 'preact';
import type { AppContext } from './app.tsx';
import { Icon, PATHS } from './base/icons.tsx';
import { Skeleton } from './base/states.tsx';
import { CLOSE } from './icons.ts';

/** What is to be said about the connection, on the screens that need one; empty: nothing. */
const trouble = ({ live, words, screen, busyUntil, core }: AppContext): string => {
  if (busyUntil > Date.now())
    return `${words.busy} ${new Date(busyUntil).toLocaleTimeString(core.session.site.locale)}`;
  if (!/^(chat|conv|email)/.test(screen)) return '';
  if (!navigator.onLine) return words.noNetwork;
  if (!live) return '';
  const { state, outbox } = live.session;
  if (state === 'refused') return words.refused;
  if (state !== 'online') return words.connecting;
  return outbox.durable ? '' : words.notKept;
};

/** The window with its header, and `content` in it. */
export const panel = (app: AppContext, content: VNode | undefined): VNode => {
  const { core, words, chat, screen } = app;
  const isOpen = core.open.value;
  const [name = ''] = screen.split('/');
  const title = (words as unknown as Record<string, string>)[name] ?? core.session.site.name;
  const note = trouble(app);
  const talk = /^(chat|conv)/.test(name) ? chat : undefined;
  return (
    <section
      class={`fd-window fd-on-${name}${isOpen ? ' fd-is-open' : ''}`}
      role="dialog"
      aria-modal={app.phone.matches}
      aria-label={title}
      tabIndex={-1}
    >
      <div class="fd-header">
        {app.canGoBack && (
          <button type="button" class="fd-tool fd-back" aria-label={words.back} onClick={app.back}>
            <Icon d={PATHS.back} />
          </button>
        )}
        {talk?.title() || <b class="fd-title">{title}</b>}
        <button
          type="button"
          class="fd-tool fd-close"
          aria-label={words.close}
          onClick={() => {
            core.open.value = false;
          }}
        >
          <Icon d={CLOSE} />
        </button>
      </div>
      <div class="fd-offline" role="status">
        {note}
      </div>
      {app.live?.notice?.(app)}
      <div class="fd-body" key={screen}>
        {content ?? <Skeleton rows={5} />}
      </div>
      {talk?.composer()}
    </section>
  );
};
