import { el, icon } from './base/dom.ts';
import type { Core } from './core.ts';
import { CLOSE } from './icons.ts';

/** Draws the button that opens and closes the window, in plain DOM. */
export function drawLauncher(button: HTMLElement, { options, session, open, unread }: Core): void {
  const { label, name, hiddenOn, hiddenOnPhones, icon: sign } = session.site.launcher;
  const count = unread.value;

  button.hidden =
    options.launcher === 'off' ||
    (hiddenOnPhones && innerWidth < 480) ||
    (!!hiddenOn && RegExp(hiddenOn).test(location.pathname));
  button.ariaExpanded = `${open.value}`;
  button.ariaLabel = count ? `${name} ${count}` : name;
  // The address of a picture, or the data of a path.
  const picture = sign.includes('/') ? Object.assign(el('img', 'fd-icon'), { src: sign }) : icon(sign);
  button.replaceChildren(open.value ? icon(CLOSE) : picture);
  if (label) button.append(el('span', 'fd-launcher-label', label));
  if (count) button.append(el('span', 'fd-launcher-badge', count > 99 ? '99+' : count));
}
