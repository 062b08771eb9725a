import type { LogEvent } from '../../relay/protocol/index.ts';
import { el, icon } from '../base/dom.ts';
import type { Core } from '../core.ts';
import { CLOSE } from '../icons.ts';
import css from './bubble.css?inline';

/** Words that appear beside the launcher, and what answering or putting them away does. */
export interface Talk {
  text?: string;
  from?: string;
  /** The message whose words they are: it rings, and when it is the first of a conversation the site may want the window to open. */
  event?: Extract<LogEvent, { type: 'message' }>;
  /** `still`: without taking the focus. */
  answer(still?: boolean): void;
  dismiss?(): void;
}

const styled = new WeakSet<Core>();

/** Shows a talk as a bubble beside the launcher, in place of one that stands there. */
export default async function bubble(core: Core, { event, answer, dismiss, ...said }: Talk): Promise<void> {
  const { host, open, over, session, options, kept } = core;
  // Before consent nothing could tell the tabs of it, nor keep that somebody does not want it.
  if (event && !options.consent && !kept.get('mute'))
    import('../life/sound.ts').then((sound) => sound.ring(core, event.id));
  // The page is hidden with the window open: what is said stands there.
  if (open.value) return;
  if (event?.seq === 1 && session.site.proactive === 'window') return answer(true);
  const { text = '', from = '' } = event ? { text: event.text || '📎', from: event.author.name } : said;
  const words = await core.load(`words-${session.site.locale}`);
  if (!styled.has(core)) host.sheet(css);
  styled.add(core);
  host.frame.querySelector('.fd-invitation')?.remove();

  const close = el('button', 'fd-tool', icon(CLOSE));
  const say = el(
    'button',
    'fd-invitation-text',
    el('b', 'fd-invitation-from', from),
    el('span', 'fd-invitation-words', text),
  );
  const box = el('div', 'fd-invitation', say, close);
  const stop = open.on(() => gone());
  const gone = () => {
    box.remove();
    stop();
  };
  box.role = 'status';
  close.ariaLabel = words.dismiss;
  say.onclick = () => {
    gone();
    answer();
  };
  close.onclick = () => {
    gone();
    dismiss?.();
  };
  over.addEventListener('abort', stop);
  host.frame.append(box);
}
