import { el, icon } from '../base/dom.ts';
import type { Core } from '../core.ts';
import { CLOSE } from '../icons.ts';
import css from './bubble.css?inline';

/** Words that appear beside the launcher, and what answering or putting them away does. */
export interface Talk {
  text: string;
  from: string;
  answer(): void;
  dismiss?(): void;
}

const styled = new WeakSet<Core>();

/** Shows a talk as a bubble beside the launcher, in place of one that stands there. */
export default async function bubble(core: Core, { text, from, answer, dismiss }: Talk): Promise<void> {
  const { host, open, over, session } = core;
  const words = await core.load(`words-${session.site.locale}`);
  if (!styled.has(core)) host.sheet(css);
  styled.add(core);
  host.frame.querySelector('.fd-invitation')?.remove();

  const close = el('button', 'fd-tool', icon(CLOSE));
  const say = el('button', 'fd-invitation-text', el('b', '', from), el('span', '', text));
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
