import type { VNode } from 'preact';
import type { AppContext } from '../app.tsx';
import { Icon, PATHS } from '../base/icons.tsx';
import css from './history.css?inline';
import { historyWords } from './words.ts';

/** The visitor's conversations, the latest first. */
export default function history(app: AppContext): () => VNode {
  const { words, core } = app;
  const days = new Intl.DateTimeFormat(core.session.site.locale, { day: 'numeric', month: 'short' });
  const own = historyWords[core.session.site.locale];
  core.host.sheet(css);
  return () => {
    const { live } = app;
    const all = [...(live?.session.conversations.values() ?? [])]
      .filter(({ seq }) => seq)
      .sort((a, b) => b.lastEventAt.localeCompare(a.lastEventAt));
    return (
      <div class="fd-page fd-history">
        {!all.length && <p class="fd-empty">{own.nothingYet}</p>}
        <ul class="fd-channels">
          {all.map(({ id, channel, subject, reference, status, lastLine, lastEventAt, unread }) => (
            <li key={id}>
              <button type="button" class="fd-channel" onClick={() => live && app.go(live.pathOf(id))}>
                <i>
                  <Icon d={PATHS[channel === 'chat' ? 'chat' : 'mail']} />
                </i>
                <span>
                  <b>{subject || words[channel]}</b>
                  <small class="fd-line">{lastLine?.text || (lastLine?.files ? '📎' : '—')}</small>
                  <small>
                    {[days.format(Date.parse(lastEventAt)), reference, status === 'open' ? own.isOpen : own.isClosed]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </span>
                {!!unread && <em class="fd-count">{unread}</em>}
                <Icon d={PATHS.next} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  };
}
